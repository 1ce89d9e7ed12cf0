package io.cbtguard.testkit.proxy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The head of an HTTP/1.1 message, kept byte for byte, and the framing of the body that follows it. Bodies are passed
 * on as they come, chunks and all, so a watch streams through.
 *
 * @param bytes the head with its closing empty line
 * @param lines its lines; the first is the request line or the status line
 */
record HttpMessage(byte[] bytes, String[] lines) {

    private static final int MAX_HEAD = 64 * 1024;

    /** Reads a head, or gives null where the peer has closed the connection in between two messages. */
    static @Nullable HttpMessage read(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (true) {
            int b = in.read();
            if (b < 0) {
                if (head.size() == 0) {
                    return null;
                }
                throw new EOFException("connection closed within a message head");
            }
            head.write(b);
            if (b == '\n' && endsWithEmptyLine(head)) {
                var bytes = head.toByteArray();
                return new HttpMessage(
                        bytes,
                        new String(bytes, StandardCharsets.ISO_8859_1).strip().split("\r\n"));
            }
            if (head.size() > MAX_HEAD) {
                throw new IOException("message head longer than " + MAX_HEAD + " bytes");
            }
        }
    }

    private static boolean endsWithEmptyLine(ByteArrayOutputStream head) {
        return head.size() >= 4 && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n");
    }

    /** The n-th word of the first line, from 0. */
    String word(int n) {
        return lines[0].split(" ", 3)[n];
    }

    int status() {
        return Integer.parseInt(word(1));
    }

    @Nullable String header(String name) {
        var prefix = name.toLowerCase(Locale.ROOT) + ":";
        for (var line : lines) {
            if (line.toLowerCase(Locale.ROOT).startsWith(prefix)) {
                return line.substring(prefix.length()).strip();
            }
        }
        return null;
    }

    private boolean chunked() {
        var encoding = header("Transfer-Encoding");
        return encoding != null && encoding.toLowerCase(Locale.ROOT).contains("chunked");
    }

    /** Passes a request's body on. */
    void copyRequestBody(InputStream in, OutputStream out) throws IOException {
        if (chunked()) {
            copyChunks(in, out);
        } else if (header("Content-Length") instanceof String length) {
            copy(in, out, Long.parseLong(length));
        }
    }

    /** Passes a response's body on; true if the connection can carry another message after it. */
    boolean copyResponseBody(String requestMethod, InputStream in, OutputStream out) throws IOException {
        int status = status();
        if (requestMethod.equals("HEAD") || status == 204 || status == 304 || status < 200) {
            return true;
        }
        if (chunked()) {
            copyChunks(in, out);
            return true;
        }
        if (header("Content-Length") instanceof String length) {
            copy(in, out, Long.parseLong(length));
            return true;
        }
        pump(in, out);
        return false;
    }

    private static void copyChunks(InputStream in, OutputStream out) throws IOException {
        while (true) {
            var line = readLine(in);
            out.write(line);
            long size = Long.parseLong(
                    new String(line, StandardCharsets.ISO_8859_1)
                            .strip()
                            .split(";")[0]
                            .strip(),
                    16);
            if (size == 0) {
                byte[] trailer;
                do { // trailers, and the empty line that ends them
                    trailer = readLine(in);
                    out.write(trailer);
                } while (trailer.length > 2);
                out.flush();
                return;
            }
            copy(in, out, size + 2); // with the line end after the data
        }
    }

    private static byte[] readLine(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        int b;
        do {
            b = in.read();
            if (b < 0) {
                throw new EOFException("connection closed within a chunked body");
            }
            line.write(b);
        } while (b != '\n');
        return line.toByteArray();
    }

    private static void copy(InputStream in, OutputStream out, long length) throws IOException {
        var buffer = new byte[16 * 1024];
        long left = length;
        while (left > 0) {
            int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (n < 0) {
                throw new EOFException("connection closed within a body");
            }
            out.write(buffer, 0, n);
            left -= n;
        }
        out.flush();
    }

    /** Passes on what comes, as it comes, until the end. */
    static void pump(InputStream in, OutputStream out) throws IOException {
        var buffer = new byte[16 * 1024];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            out.write(buffer, 0, n);
            out.flush();
        }
    }
}
