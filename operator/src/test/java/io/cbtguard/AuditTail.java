package io.cbtguard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is added to an audit log from now on, line by line, also when the log is put aside for a new one. */
final class AuditTail implements AutoCloseable {
    private final Path log;
    private final ByteArrayOutputStream rest = new ByteArrayOutputStream();
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    private FileChannel channel;
    private Object key;

    AuditTail(Path log) {
        this.log = log;
        try {
            key = key();
            channel = FileChannel.open(log);
            channel.position(channel.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines since the last call. */
    List<String> more() {
        List<String> lines = new ArrayList<>();
        try {
            Object now = key(); // before the last read: what is put aside later is read at the next call
            read(lines);
            if (!now.equals(key)) {
                channel.close();
                channel = FileChannel.open(log);
                key = now;
                read(lines);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }

    private void read(List<String> lines) throws IOException {
        while (channel.read(buffer.clear()) > 0) {
            buffer.flip();
            while (buffer.hasRemaining()) {
                byte next = buffer.get();
                if (next == '\n') {
                    lines.add(rest.toString(StandardCharsets.UTF_8));
                    rest.reset();
                } else {
                    rest.write(next);
                }
            }
        }
    }

    private Object key() throws IOException {
        return Files.readAttributes(log, java.nio.file.attribute.BasicFileAttributes.class)
                .fileKey();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
