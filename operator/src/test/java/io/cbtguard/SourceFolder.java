package io.cbtguard;

import io.cbtguard.testkit.process.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** A build folder for what holds for the sources as they are now, and for no others. */
final class SourceFolder {
    private static final List<String> SOURCES =
            List.of("crds/src/main", "operator/src", "simulator/src/main", "testkit/src/main", "helm/cbtguard/files");

    private SourceFolder() {}

    static Path of(String name) {
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
            Path folder = root.resolve("operator/target")
                    .resolve(name)
                    .resolve(HexFormat.of().formatHex(digest.digest(), 0, 8));
            Files.createDirectories(folder);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
