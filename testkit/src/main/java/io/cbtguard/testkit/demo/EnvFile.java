package io.cbtguard.testkit.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Collectors;

/** A file of {@code export NAME='value'} lines, for {@code source}; only its owner can read it. */
final class EnvFile {
    private EnvFile() {}

    static void write(Path file, Map<String, String> values) {
        String text = values.entrySet().stream()
                .map(e -> "export " + e.getKey() + "='" + e.getValue().replace("'", "'\\''") + "'\n")
                .collect(Collectors.joining());
        try {
            // beside it and moved over it: who reads it meanwhile never sees half a file
            Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), "env", "");
            Files.writeString(fresh, text);
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
