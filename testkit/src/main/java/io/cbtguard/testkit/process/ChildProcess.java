package io.cbtguard.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process that outlives its caller unless it is stopped: its input is empty and its output goes to files, so that
 * whoever reads the caller's output never waits for it. It is stopped by its own process id, never by a name.
 *
 * <p>With a {@link PidFile} it can be found again by another JVM ({@link #attach}).
 */
public final class ChildProcess implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(5);

    private final String name;
    private final ProcessHandle handle;
    private final Path log;

    private ChildProcess(String name, ProcessHandle handle, Path log) {
        this.name = name;
        this.handle = handle;
        this.log = log;
    }

    /**
     * Starts a process whose standard output and error both go to the end of {@code log}.
     *
     * @param name for messages
     * @param environment added to the caller's own
     * @throws UncheckedIOException if the program cannot be started
     */
    public static ChildProcess start(String name, List<String> command, Map<String, String> environment, Path log) {
        return start(name, command, environment, log, log);
    }

    /** Like the other, with standard output in a file of its own, which is emptied first. */
    public static ChildProcess start(
            String name, List<String> command, Map<String, String> environment, Path output, Path log) {
        var builder = new ProcessBuilder(command)
                .redirectInput(new java.io.File("/dev/null"))
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        if (output.equals(log)) {
            builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        } else {
            builder.redirectOutput(output.toFile());
        }
        builder.environment().putAll(environment);
        try {
            return new ChildProcess(name, builder.start().toHandle(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
    }

    /** The process that an earlier {@link #writePidFile} names, if it still runs. */
    public static Optional<ChildProcess> attach(String name, Path pidFile, Path log) {
        return PidFile.find(pidFile).map(handle -> new ChildProcess(name, handle, log));
    }

    /** Writes what {@link #attach} reads. */
    public void writePidFile(Path pidFile) {
        PidFile.write(pidFile, handle);
    }

    public String name() {
        return name;
    }

    public long pid() {
        return handle.pid();
    }

    public boolean isAlive() {
        return handle.isAlive();
    }

    /** Where its output goes. */
    public Path log() {
        return log;
    }

    /** The last lines of its output, for messages; empty if there is none. */
    public String logTail(int lines) {
        try {
            var all = Files.readAllLines(log);
            return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException e) {
            return "(no output: " + e.getMessage() + ")";
        }
    }

    /** Asks it to end (SIGTERM), and after the grace makes it (SIGKILL); returns when it has ended. */
    public void stop(Duration grace) {
        handle.destroy();
        if (!ended(grace)) {
            kill();
        }
    }

    /** Ends it without warning (SIGKILL); returns when it has ended. */
    public void kill() {
        handle.destroyForcibly();
        if (!ended(Duration.ofSeconds(30))) {
            throw new IllegalStateException(name + " (process " + pid() + ") does not end after SIGKILL");
        }
    }

    /** Makes it stand still (SIGSTOP), as a machine does that pauses; a kill ends it all the same. */
    public void freeze() {
        signal("STOP");
    }

    /** Has it go on after {@link #freeze} (SIGCONT). */
    public void thaw() {
        signal("CONT");
    }

    private void signal(String signal) {
        try {
            // A shell's own kill: the program of that name is not everywhere.
            var kill = new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid())
                    .redirectErrorStream(true)
                    .start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException(name + " (process " + pid() + ") gets no SIG" + signal);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Completed when it has ended, however. */
    public CompletableFuture<Void> onExit() {
        return handle.onExit().thenAccept(ended -> {});
    }

    /** Stops it with a grace of five seconds. */
    @Override
    public void close() {
        stop(GRACE);
    }

    private boolean ended(Duration within) {
        try {
            handle.onExit().get(within.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return !handle.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !handle.isAlive();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return name + " (process " + pid() + (isAlive() ? ")" : ", ended)");
    }
}
