package io.cbtguard.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A program that is run to its end. */
final class Command {
    private Command() {}

    /** What it prints; its errors go where this process's go. */
    static List<String> lines(List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        // no pipe: a tool that inspects this very process writes while all its threads stand still, and nobody would
        // read
        Path output = Files.createTempFile("output", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            boolean isWell = builder.start().waitFor() == 0;
            List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
            if (!isWell) {
                throw new IOException(String.join(" ", command) + " failed: " + String.join("\n", lines));
            }
            return lines;
        } finally {
            Files.delete(output);
        }
    }
}
