package io.cbtguard.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.testkit.process.ChildProcess;
import io.cbtguard.testkit.process.PidFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AbandonedControlPlanesTest {

    @TempDir
    Path temporaryFiles;

    @Test
    void whatAKilledJvmLeftBehindIsEndedAndRemoved() throws Exception {
        var left = process(folder("1"), "etcd");
        Files.writeString(folder("1").resolve("owner.pid"), "1 2001-01-01T00:00:00Z\n");
        AbandonedControlPlanes.sweep(temporaryFiles);
        assertThat(left.isAlive()).isFalse();
        assertThat(folder("1")).doesNotExist();
    }

    @Test
    void whatBelongsToALivingJvmOrToNobodyIsLeftAlone() throws Exception {
        var owned = process(folder("2"), "etcd");
        PidFile.write(folder("2").resolve("owner.pid"), ProcessHandle.current());
        var unowned = process(folder("3"), "etcd");
        AbandonedControlPlanes.sweep(temporaryFiles);
        assertThat(owned.isAlive()).isTrue();
        assertThat(unowned.isAlive()).isTrue();
        owned.kill();
        unowned.kill();
    }

    private Path folder(String name) {
        return temporaryFiles.resolve(AbandonedControlPlanes.PREFIX + name);
    }

    private static ChildProcess process(Path folder, String name) throws Exception {
        Files.createDirectories(folder);
        var process = ChildProcess.start(name, List.of("sleep", "60"), Map.of(), folder.resolve(name + ".log"));
        process.writePidFile(folder.resolve(name + ".pid"));
        return process;
    }
}
