package io.cbtguard.testkit.vcsim;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cbtguard.testkit.process.Checkout;
import io.cbtguard.testkit.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A running govmomi simulator (vcsim) with one datacenter, one cluster and TLS on a random loopback port. It posts no
 * task events, mints no change IDs and restores nothing on a revert; it is for the protocol, not for CBT.
 */
public final class Vcsim implements AutoCloseable {

    /**
     * What to simulate.
     *
     * @param vms number of virtual machines, named {@code DC0_C0_RP0_VM0} and so on, powered off
     * @param hosts number of ESXi hosts in the one cluster
     * @param username the only user who may log in
     * @param password the user's password
     * @param listen address of the VIM endpoint; port 0 takes a free one, another makes it come back at its old place
     */
    public record Options(int vms, int hosts, String username, String password, String listen) {
        public static final Options DEFAULT = new Options(4, 2, "administrator@vsphere.local", "secret", "127.0.0.1:0");

        public Options withVms(int vms) {
            return new Options(vms, hosts, username, password, listen);
        }

        public Options withListen(String listen) {
            return new Options(vms, hosts, username, password, listen);
        }
    }

    private static final Duration STARTUP = Duration.ofSeconds(120);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ChildProcess process;
    private final Path folder;
    private final JsonNode answer;
    private final HttpClient http = HttpClient.newHttpClient();

    private Vcsim(ChildProcess process, Path folder, JsonNode answer) {
        this.process = process;
        this.folder = folder;
        this.answer = answer;
    }

    /** Starts one with the given number of virtual machines. */
    public static Vcsim start(int vms) {
        return start(Options.DEFAULT.withVms(vms));
    }

    /**
     * Starts one and waits until it serves (2 s for a few virtual machines, 20 s for a thousand).
     *
     * @throws IllegalStateException if it ends instead, or the tools are not built
     */
    public static Vcsim start(Options options) {
        try {
            var folder = Files.createTempDirectory("cbtguard-vcsim-");
            var output = folder.resolve("ready.json");
            var command = List.of(
                    Checkout.tool("vcsim").toString(),
                    "-vms=" + options.vms(),
                    "-hosts=" + options.hosts(),
                    "-username=" + options.username(),
                    "-password=" + options.password(),
                    "-listen=" + options.listen());
            // Its datastores are folders under TMPDIR, left behind when it is killed.
            var environment = Map.of("TMPDIR", folder.toString());
            var process = ChildProcess.start("vcsim", command, environment, output, folder.resolve("log"));
            try {
                return new Vcsim(process, folder, awaitAnswer(process, output));
            } catch (RuntimeException e) {
                process.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode awaitAnswer(ChildProcess process, Path output) throws IOException {
        await("vcsim serves")
                .atMost(STARTUP)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .failFast(() -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException("vcsim ended:\n" + process.logTail(20));
                    }
                })
                .until(() -> Files.readString(output).endsWith("}\n"));
        return JSON.readTree(Files.readString(output));
    }

    /** The VIM SOAP endpoint, without credentials. */
    public URI sdkUrl() {
        return URI.create(answer.get("url").asText());
    }

    public String username() {
        return answer.get("username").asText();
    }

    public String password() {
        return answer.get("password").asText();
    }

    /** Its self-signed serving certificate, PEM: trust this. Another one after each start. */
    public String certificatePem() {
        return answer.get("certificate").asText();
    }

    /** SHA-256 of that certificate, {@code AA:BB:..}. */
    public String thumbprint() {
        return answer.get("thumbprint").asText();
    }

    /**
     * Makes calls fail.
     *
     * @param method SOAP method, such as {@code RetrievePropertiesEx}; {@code *} for all
     * @param fault a VIM fault type, such as {@code NotAuthenticated}
     * @param maxCount how often; 0 for ever
     * @return the rule's id, for {@link #removeFault}
     */
    public String addFault(String method, String fault, int maxCount) {
        var rule = JSON.createObjectNode();
        rule.put("method", method).put("fault", fault).put("maxCount", maxCount);
        return control("POST", "/faults", rule.toString()).get("id").asText();
    }

    /** Ends a rule of {@link #addFault}. */
    public void removeFault(String id) {
        control("DELETE", "/faults/" + id, "");
    }

    /** Sets the idle time after which an API session ends; holds for logins from now on. */
    public void sessionTimeout(Duration idle) {
        control("PUT", "/session-timeout", "{\"seconds\":" + idle.toMillis() / 1000.0 + "}");
    }

    /** Ends every API session that has made a call, and says how many. */
    public int endSessions() {
        return control("DELETE", "/sessions", "").get("ended").asInt();
    }

    /**
     * Lets a host run another build of ESXi from now on, as after an upgrade.
     *
     * @param host moRef of the host
     * @param version such as {@code 8.0.3}
     * @param build such as {@code 24414501}
     */
    public void hostBuild(String host, String version, String build) {
        var product = JSON.createObjectNode().put("version", version).put("build", build);
        control("POST", "/hosts/" + host + "/build", product.toString());
    }

    private JsonNode control(String method, String path, String body) {
        var request = HttpRequest.newBuilder(URI.create(answer.get("control").asText() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalArgumentException(method + " " + path + ": " + response.body());
            }
            return response.body().isEmpty() ? JSON.missingNode() : JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The process, to kill or to look at. */
    public ChildProcess process() {
        return process;
    }

    /** Stops it and removes its files. */
    @Override
    public void close() {
        process.close();
        http.close();
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
