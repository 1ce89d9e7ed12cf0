package io.cbtguard.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {

    @TempDir
    Path folder;

    @Test
    void aProcessThatIgnoresSigtermIsKilledAfterTheGrace() {
        var process = shell("trap '' TERM; echo up; while :; do sleep 1; done");
        await().until(() -> process.logTail(1).contains("up"));
        process.stop(Duration.ofMillis(200));
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void aFrozenProcessStandsStillUntilItGoesOn() {
        var process = shell("i=0; while :; do i=$((i + 1)); echo $i; sleep 0.01; done");
        await().until(() -> !process.logTail(1).isEmpty());

        process.freeze();

        await().until(() -> state(process).equals("T"));
        var last = process.logTail(1);
        process.thaw();
        await().until(() -> !process.logTail(1).equals(last));
        process.close();
        assertThat(process.onExit()).isCompleted();
    }

    @Test
    void itsOutputAndErrorsGoToItsLog() {
        var process = shell("echo out; echo err >&2; exec sleep 30");
        await().until(() -> process.logTail(5).equals("out\nerr"));
        process.close();
    }

    @Test
    void itInheritsNoneOfTheCallersStreams() throws Exception {
        // Were its output the caller's, a reader of that would wait for it to end.
        var process = shell("for fd in 0 1 2; do readlink /proc/$$/fd/$fd; done; exec sleep 30");
        await().until(() -> Files.readAllLines(process.log()).size() == 3);
        assertThat(Files.readAllLines(process.log()))
                .containsExactly(
                        "/dev/null", process.log().toString(), process.log().toString());
        process.close();
    }

    @Test
    void aPidFileFindsTheProcessAgainWhileItRuns() {
        var process = shell("exec sleep 30");
        var pidFile = folder.resolve("pid");
        process.writePidFile(pidFile);
        var found = ChildProcess.attach("again", pidFile, process.log());
        assertThat(found).hasValueSatisfying(p -> assertThat(p.pid()).isEqualTo(process.pid()));
        found.orElseThrow().close();
        assertThat(process.isAlive()).isFalse();
        assertThat(ChildProcess.attach("again", pidFile, process.log())).isEmpty();
    }

    @Test
    void aPidThatBelongsToAnotherProcessIsNotTaken() throws Exception {
        var pidFile = folder.resolve("pid");
        Files.writeString(pidFile, ProcessHandle.current().pid() + " 2001-01-01T00:00:00Z\n");
        assertThat(ChildProcess.attach("other", pidFile, folder.resolve("log"))).isEmpty();
    }

    /** As Linux tells it: R, S, T. */
    private static String state(ChildProcess process) throws Exception {
        return Files.readString(Path.of("/proc/" + process.pid() + "/stat"))
                .replaceFirst("^.*\\) (\\w) (?s:.*)$", "$1");
    }

    private ChildProcess shell(String script) {
        return ChildProcess.start("shell", List.of("sh", "-c", script), Map.of(), folder.resolve("log"));
    }
}
