package io.cbtguard.testkit.demo;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.cbtguard.testkit.process.ChildProcess;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The vCenter simulator as a process of its own, with its VIM SOAP endpoint and its control port. */
final class SimulatedVcenter {
    static final String NAME = "simulator";
    static final String USER = "administrator@vsphere.local";
    /** A person who works in vCenter; the backup tool and the operator are {@link #USER}. */
    static final String ALICE = "alice@vsphere.local";

    static final String PASSWORD = "demo-only";

    private static final Duration STARTUP = Duration.ofSeconds(120);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final ChildProcess process;
    private final JsonNode ready;

    private SimulatedVcenter(ChildProcess process, JsonNode ready) {
        this.process = process;
        this.ready = ready;
    }

    /** Starts it unless it runs. */
    static SimulatedVcenter startIn(DemoFolder folder, DemoPorts ports, int vms) {
        var running = ChildProcess.attach(NAME, folder.pidFile(NAME), folder.log(NAME));
        ChildProcess process = running.orElseGet(() -> start(folder, ports, vms));
        return new SimulatedVcenter(process, awaitReady(process, folder.simulatorReady()));
    }

    private static ChildProcess start(DemoFolder folder, DemoPorts ports, int vms) {
        var arguments = List.of(
                "--port=" + ports.simulator(),
                "--control-port=" + ports.control(),
                "--vms=" + vms,
                "--username=" + USER,
                "--account=" + ALICE + ":" + PASSWORD,
                "--password=" + PASSWORD);
        var command = Java.own(
                folder.jars(NAME), "io.cbtguard.simulator.SimulatorMain", List.of("-XX:+UseSerialGC"), arguments);
        var process = ChildProcess.start(NAME, command, Map.of(), folder.simulatorReady(), folder.log(NAME));
        process.writePidFile(folder.pidFile(NAME));
        return process;
    }

    private static JsonNode awaitReady(ChildProcess process, Path output) {
        await("simulator serves")
                .atMost(STARTUP)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .failFast(() -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException("the simulator ended, see " + process.log());
                    }
                })
                .until(() -> Files.exists(output) && Files.readString(output).endsWith("\n"));
        try {
            return Serialization.jsonMapper().readTree(Files.readString(output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ChildProcess process() {
        return process;
    }

    /** The VIM SOAP endpoint. */
    URI sdk() {
        return URI.create(ready.get("sdk").asText());
    }

    URI control() {
        return URI.create(ready.get("control").asText());
    }

    /** The authority that signed its certificate. */
    String caPem() {
        return ready.get("caPem").asText();
    }

    /** The endpoint with user and password in it, as govc and other clients take it. */
    String govcUrl() {
        return "https://%s:%s@%s%s".formatted(encoded(USER), encoded(PASSWORD), sdk().getAuthority(), sdk().getPath());
    }

    VimSession login() {
        return login(USER);
    }

    VimSession login(String user) {
        return VimSession.login(sdk(), caPem(), user, PASSWORD);
    }

    /** Does something to the simulator, such as {@code POST /hosts/host-21/build}. */
    JsonNode post(String path, Map<String, ?> body) {
        var json = HttpRequest.BodyPublishers.ofString(Serialization.asJson(body));
        return send(
                HttpRequest.newBuilder(control().resolve(path))
                        .header("Content-Type", "application/json")
                        .POST(json),
                path);
    }

    private static JsonNode send(HttpRequest.Builder request, String path) {
        try {
            var response =
                    HTTP.send(request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new IllegalStateException(
                        "simulator, " + path + ": " + response.statusCode() + " " + response.body());
            }
            return Serialization.jsonMapper().readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException("simulator, " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
