package io.cbtguard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** The plans that passed, in a file per state of the sources, so that an interrupted run goes on where it ended. */
final class FaultResults {
    private final Path folder;

    private FaultResults(Path folder) {
        this.folder = folder;
    }

    /** The results of the sources as they are now, in a build folder. */
    static FaultResults ofThisSource() {
        return new FaultResults(SourceFolder.of("faults"));
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
        Progress.append(passed(), plan.toString());
    }

    void say(String line) {
        Progress.say(folder, line);
    }
}
