package io.cbtguard.testkit.cluster;

import io.cbtguard.testkit.process.ChildProcess;
import io.cbtguard.testkit.process.PidFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends control planes whose JVM was killed before it could: a JVM that ends by SIGKILL runs no shutdown hook, and three
 * processes with 400 MB would stay. Only temporary folders that name their owner are looked at, and only processes that
 * their pid files name are ended.
 */
final class AbandonedControlPlanes {

    private static final Logger log = LoggerFactory.getLogger(AbandonedControlPlanes.class);

    static final String PREFIX = "cbtguard-cluster-";
    private static final String OWNER = "owner";

    private AbandonedControlPlanes() {}

    /** Makes a temporary folder that belongs to this JVM. */
    static ControlPlaneFolder newFolder() throws IOException {
        var folder = ControlPlaneFolder.open(Files.createTempDirectory(PREFIX));
        PidFile.write(folder.pidFile(OWNER), ProcessHandle.current());
        return folder;
    }

    /** Ends what belongs to JVMs that are no more, in the folder where temporary files are made. */
    static void sweep(Path temporaryFiles) {
        try (var folders = Files.newDirectoryStream(temporaryFiles, PREFIX + "*")) {
            for (var folder : folders) {
                var owner = folder.resolve(OWNER + ".pid");
                if (Files.exists(owner) && PidFile.find(owner).isEmpty()) {
                    end(ControlPlaneFolder.open(folder));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void end(ControlPlaneFolder folder) {
        for (var name : LocalControlPlane.PROCESSES) {
            ChildProcess.attach(name, folder.pidFile(name), folder.log(name)).ifPresent(ChildProcess::kill);
        }
        try {
            folder.delete();
        } catch (UncheckedIOException e) {
            log.debug("{} is being removed by another JVM: {}", folder.root(), e.getMessage());
        }
    }
}
