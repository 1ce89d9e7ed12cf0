package io.cbtguard.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A command line tool, run to its end. */
public final class Tool {
    private Tool() {}

    /** @param output standard output and error, as they came */
    public record Result(List<String> command, int exit, String output) {
        /** The output of a success; anything else fails the test with what was said. */
        public String orFail() {
            assertThat(exit).as("%s%n%s", command, output).isZero();
            return output;
        }
    }

    public static Result run(List<String> command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(command, process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A program of the machine, by PATH. */
    public static Optional<Path> find(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Without this program the test is skipped, and says what is missing. */
    public static void skipWithout(String name) {
        assumeTrue(find(name).isPresent(), name + " is not installed (make ci-deps)");
    }
}
