package io.cbtguard.testkit.demo;

import io.cbtguard.testkit.process.Checkout;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Keeps what explains a failed demo when its folder is cleaned up, and says where. */
final class DemoFailure {
    private static final int LINES = 15;

    private DemoFailure() {}

    static void explain(DemoFolder folder, RuntimeException cause, PrintStream out) {
        Path kept = Checkout.root().resolve("target/story-failed");
        try {
            Files.createDirectories(kept);
            try (var trace = new PrintStream(kept.resolve("failure.txt").toFile(), StandardCharsets.UTF_8)) {
                cause.printStackTrace(trace);
            }
            for (String process : List.of(OperatorProcess.NAME, SimulatedVcenter.NAME)) {
                Path log = folder.log(process);
                if (Files.exists(log)) {
                    Files.copy(log, kept.resolve(log.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                    out.println("last lines of the " + process + ":");
                    var lines = Files.readAllLines(log);
                    lines.subList(Math.max(0, lines.size() - LINES), lines.size())
                            .forEach(line -> out.println("  " + line));
                }
            }
        } catch (IOException e) {
            out.println("(logs could not be kept: " + e.getMessage() + ")");
        }
        out.println("stack trace and logs: " + kept);
    }
}
