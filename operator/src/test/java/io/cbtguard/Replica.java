package io.cbtguard;

import io.cbtguard.testkit.process.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * An operator as a process, one of several.
 *
 * @param name by which the lease's holder and the audit log tell it from others
 * @param portFile where it writes its port
 */
record Replica(String name, ChildProcess process, Path portFile) {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Whether this is who the lease names. */
    boolean holds(String holder) {
        return holder.startsWith(name + "_");
    }

    /** Whether it works or would at once if it led. */
    boolean isReady() {
        if (!process.isAlive() || !Files.exists(portFile)) {
            return false;
        }
        try {
            String port = Files.readString(portFile);
            return !port.isEmpty()
                    && HttpClient.newHttpClient()
                                    .send(
                                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz"))
                                                    .timeout(PATIENCE)
                                                    .build(),
                                            HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
