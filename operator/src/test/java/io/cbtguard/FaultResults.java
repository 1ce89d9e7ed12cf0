package io.cbtguard;

import io.cbtguard.testkit.process.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The plans that passed, in a file per state of the sources, so that an interrupted run goes on where it ended. */
final class FaultResults {
    private static final List<String> SOURCES =
            List.of("crds/src/main", "operator/src", "simulator/src/main", "testkit/src/main", "helm/cbtguard/files");

    private final Path folder;

    private FaultResults(Path folder) {
        this.folder = folder;
    }

    /** The results of the sources as they are now, in a build folder. */
    static FaultResults ofThisSource() {
        Path root = Checkout.root();
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path source : SOURCES.stream().map(root::resolve).toList()) {
                try (Stream<Path> files = Files.walk(source)) {
                    for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                        digest.update(file.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
                        digest.update(Files.readAllBytes(file));
                    }
                }
            }
            Path folder =
                    root.resolve("operator/target/faults/" + HexFormat.of().formatHex(digest.digest(), 0, 8));
            Files.createDirectories(folder);
            return new FaultResults(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    Path folder() {
        return folder;
    }

    private Path passed() {
        return folder.resolve("passed.txt");
    }

    Set<String> alreadyPassed() {
        try {
            return Files.exists(passed()) ? Set.copyOf(Files.readAllLines(passed())) : Set.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void passed(FaultPlan plan) {
        append(passed(), plan.toString());
    }

    /** For people: goes to the output of the test and, as Maven keeps that to itself, to a file. */
    void say(String line) {
        System.out.println(line);
        append(folder.resolveSibling("progress.txt"), line);
    }

    private static void append(Path file, String line) {
        try {
            Files.write(file, new ArrayList<>(List.of(line)), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
