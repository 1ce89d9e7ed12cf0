package io.cbtguard.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Memory of a process of this machine. */
public final class Memory {
    private Memory() {}

    /**
     * Bytes of all live objects of a JVM, after a full collection.
     *
     * @throws UncheckedIOException if the process is no JVM that this one can attach to
     */
    public static long live(long pid) {
        List<String> lines = histogram(pid);
        String total = lines.stream()
                .filter(line -> line.startsWith("Total"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no total in the histogram of " + pid + ": " + lines));
        return Long.parseLong(total.trim().split("\\s+", -1)[2]);
    }

    /** Live objects of a JVM by class, those that take most first: what {@code jcmd GC.class_histogram} prints. */
    public static List<String> histogram(long pid) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        // no pipe: asked about this very process, it writes while all threads stand still, and nobody would read
        try {
            Path output = Files.createTempFile("histogram", ".txt");
            try {
                int exit = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start()
                        .waitFor();
                List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
                if (exit != 0) {
                    throw new IOException("jcmd failed: " + String.join("\n", lines));
                }
                return lines;
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Bytes of the resident set. */
    public static long resident(long pid) {
        try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                            .sum()
                    * 1024;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
