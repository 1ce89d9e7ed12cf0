package io.cbtguard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** What a long test tells people while it runs. */
final class Progress {
    private Progress() {}

    /**
     * Goes to the output of the test and, as Maven keeps that to itself, to a file.
     *
     * @param folder of the {@link SourceFolder}; the file lies beside it
     */
    static void say(Path folder, String line) {
        System.out.println(line);
        append(folder.resolveSibling("progress.txt"), line);
    }

    static void append(Path file, String line) {
        try {
            Files.write(file, List.of(line), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
