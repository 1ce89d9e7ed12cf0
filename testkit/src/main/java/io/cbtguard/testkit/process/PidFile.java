package io.cbtguard.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Names a process for another JVM: its id and its start time, as ids are given to other processes in time. */
public final class PidFile {

    /** The kernel gives start times relative to a boot time that moves when the clock is set. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private PidFile() {}

    /** Writes the file of a running process. */
    public static void write(Path file, ProcessHandle process) {
        try {
            Files.writeString(
                    file, process.pid() + " " + process.info().startInstant().orElse(Instant.EPOCH) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process that the file names, if there is such a file and the process still runs. */
    public static Optional<ProcessHandle> find(Path file) {
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            var parts = Files.readString(file).strip().split(" ");
            var started = Instant.parse(parts[1]);
            return ProcessHandle.of(Long.parseLong(parts[0]))
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> startedAt(process, started));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean startedAt(ProcessHandle process, Instant time) {
        return process.info()
                .startInstant()
                .filter(start -> Duration.between(start, time).abs().compareTo(TOLERANCE) < 0)
                .isPresent();
    }
}
