package io.cbtguard.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Memory of a process. */
final class Heap {
    private Heap() {}

    /** Bytes of all live objects of a JVM, after a full collection. */
    static long live(long pid) throws IOException, InterruptedException {
        List<String> lines = histogram(pid);
        String total = lines.stream()
                .filter(line -> line.startsWith("Total"))
                .findFirst()
                .orElseThrow(() -> new IOException("no total in the histogram of " + pid + ": " + lines));
        return Long.parseLong(total.trim().split("\\s+", -1)[2]);
    }

    /** Live objects by class, those that take most first: what {@code jcmd GC.class_histogram} prints. */
    static List<String> histogram(long pid) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        return Command.lines(List.of(jcmd.toString(), Long.toString(pid), "GC.class_histogram"), java.util.Map.of());
    }

    /** Bytes of the resident set. */
    static long resident(long pid) throws IOException {
        try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                            .sum()
                    * 1024;
        }
    }
}
