package io.cbtguard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The control port does over HTTP what tests in other languages and people at a terminal need. */
@Tag("simulator")
class ControlPortIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Simulator simulator;

    @BeforeEach
    void start() {
        simulator = Simulator.start(SimulatorOptions.defaults().withVms(2));
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(simulator.controlUri().resolve(path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private JsonNode ok(String method, String path, String body) throws Exception {
        HttpResponse<String> response = send(method, path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    @Test
    void theRootListsAllRoutes() throws Exception {
        List<String> routes = new ArrayList<>();
        ok("GET", "/", "")
                .forEach(route -> routes.add(
                        route.get("method").asText() + " " + route.get("path").asText()));
        assertThat(routes)
                .contains(
                        "GET /vms",
                        "GET /hosts",
                        "POST /vms/{vm}/write",
                        "POST /vms/{vm}/snapshot",
                        "POST /vms/{vm}/revert",
                        "POST /vms/{vm}/revertToCurrent",
                        "POST /hosts/{host}/build",
                        "POST /events/expire",
                        "POST /faults",
                        "POST /restart",
                        "GET /journal");
    }

    @Test
    void aHostIsUpgraded() throws Exception {
        String host = simulator.hosts().list().get(0).moRef();
        JsonNode after = ok("POST", "/hosts/" + host + "/build", "{\"version\":\"8.0.3\",\"build\":\"24585383\"}");
        assertThat(after.get("build").asText()).isEqualTo("24585383");
    }

    @Test
    void aVmIsWrittenSnapshottedAndReverted() throws Exception {
        ok("POST", "/vms/vm-1001/write", "{\"offset\":0,\"length\":65536}");
        ok("POST", "/vms/vm-1001/snapshot", "{\"name\":\"one\",\"user\":\"alice\"}");
        JsonNode vm = ok("POST", "/vms/web-01/revert", "{\"snapshot\":\"one\"}");
        assertThat(vm.get("snapshots").get(0).get("current").asBoolean()).isTrue();
        assertThat(simulator.newestEvents(10).get(0).userName()).isEqualTo("alice");
    }

    @Test
    void aMistakeIsAnsweredWithItsReason() throws Exception {
        assertThat(send("GET", "/nowhere", "").statusCode()).isEqualTo(404);
        assertThat(send("POST", "/vms/nobody/stun", "").statusCode()).isEqualTo(404);
        assertThat(send("POST", "/vms/web-01/write", "{}").statusCode()).isEqualTo(400);
        assertThat(send("POST", "/vms/web-01/write", "{").statusCode()).isEqualTo(400);
        HttpResponse<String> refused = send("POST", "/vms/web-01/powerOn", "");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(JSON.readTree(refused.body()).get("fault").asText()).isEqualTo("InvalidPowerState");
    }
}
