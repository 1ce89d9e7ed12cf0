package io.cbtguard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cbtguard.simulator.event.PostedEvent;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tags are hung on VMs and found over REST. */
@Tag("simulator")
class TagsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String VM = "{\"object_id\":{\"id\":\"vm-1001\",\"type\":\"VirtualMachine\"}}";
    private static final String ATTACHED = "/api/cis/tagging/tag-association?action=list-attached-tags";

    private final HttpClient http = HttpClient.newHttpClient();
    private Simulator simulator;
    private String token = "";

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(SimulatorOptions.defaults().withTls(false).withVms(2));
        token = JSON.readTree(login(simulator.password()).body()).asText();
    }

    @AfterEach
    void stop() {
        http.close();
        simulator.close();
    }

    private HttpResponse<String> login(String password) throws Exception {
        String basic = Base64.getEncoder()
                .encodeToString((simulator.userName() + ":" + password).getBytes(StandardCharsets.UTF_8));
        return send(request("POST", "/api/session", "").header("Authorization", "Basic " + basic));
    }

    private HttpRequest.Builder request(String method, String path, String body) {
        return HttpRequest.newBuilder(simulator.sdkUri().resolve(path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> call(String method, String path, String body) throws Exception {
        return send(request(method, path, body).header("vmware-api-session-id", token));
    }

    private JsonNode ok(String method, String path, String body) throws Exception {
        HttpResponse<String> response = call(method, path, body);
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return JSON.readTree(response.body());
    }

    private String category(String cardinality) throws Exception {
        String spec = "{\"name\":\"backup\",\"description\":\"\",\"cardinality\":\"" + cardinality
                + "\",\"associable_types\":[\"VirtualMachine\"]}";
        return ok("POST", "/api/cis/tagging/category", spec).asText();
    }

    private String tag(String name, String category) throws Exception {
        String spec = "{\"name\":\"" + name + "\",\"description\":\"\",\"category_id\":\"" + category + "\"}";
        return ok("POST", "/api/cis/tagging/tag", spec).asText();
    }

    private HttpResponse<String> attach(String tag, String object) throws Exception {
        return call("POST", "/api/cis/tagging/tag-association/" + tag + "?action=attach", object);
    }

    @Test
    void aTagIsAttachedListedAndDetached() throws Exception {
        String tag = tag("daily", category("MULTIPLE"));
        assertThat(attach(tag, VM).statusCode()).isEqualTo(204);
        assertThat(ok("POST", ATTACHED, VM).get(0).asText()).isEqualTo(tag);
        assertThat(ok("GET", "/api/cis/tagging/tag/" + tag, "").get("name").asText())
                .isEqualTo("daily");
        assertThat(simulator.newestEvents(1))
                .extracting(PostedEvent::type)
                .containsExactly("com.vmware.cis.tagging.attach");
        call("POST", "/api/cis/tagging/tag-association/" + tag + "?action=detach", VM);
        assertThat(ok("POST", ATTACHED, VM)).isEmpty();
    }

    @Test
    void tagsOfManyObjectsAreListedAtOnce() throws Exception {
        simulator.tags().attach("vm-1002", "backup", "daily", "alice");
        JsonNode all = ok(
                "POST",
                "/api/cis/tagging/tag-association?action=list-attached-tags-on-objects",
                "{\"object_ids\":[{\"id\":\"vm-1001\",\"type\":\"VirtualMachine\"},"
                        + "{\"id\":\"vm-1002\",\"type\":\"VirtualMachine\"}]}");
        assertThat(all).hasSize(1);
        assertThat(all.get(0).get("object_id").get("id").asText()).isEqualTo("vm-1002");
    }

    @Test
    void ofASingleCategoryAnObjectHasOneTag() throws Exception {
        String category = category("SINGLE");
        attach(tag("daily", category), VM);
        assertThat(attach(tag("weekly", category), VM).statusCode()).isEqualTo(400);
    }

    @Test
    void aTagHangsOnlyOnTheTypesOfItsCategory() throws Exception {
        String host = simulator.hosts().list().get(0).moRef();
        String object = "{\"object_id\":{\"id\":\"" + host + "\",\"type\":\"HostSystem\"}}";
        assertThat(attach(tag("daily", category("MULTIPLE")), object).statusCode())
                .isEqualTo(400);
    }

    @Test
    void whatIsNotThereIsNotFoundAndANameIsGivenOnce() throws Exception {
        String category = category("MULTIPLE");
        assertThat(call("GET", "/api/cis/tagging/tag/none", "").statusCode()).isEqualTo(404);
        assertThat(attach(tag("daily", category), VM.replace("vm-1001", "vm-9")).statusCode())
                .isEqualTo(404);
        assertThat(call("POST", "/api/cis/tagging/tag", "{\"name\":\"daily\",\"category_id\":\"" + category + "\"}")
                        .body())
                .contains("already_exists");
    }

    @Test
    void withoutASessionNothingIsAnswered() throws Exception {
        assertThat(login("wrong").statusCode()).isEqualTo(401);
        simulator.killSessions();
        assertThat(call("GET", "/api/cis/tagging/tag", "").statusCode()).isEqualTo(401);
    }

    @Test
    void aSessionEndsAfterADayHoweverMuchItIsUsed() throws Exception {
        for (int hour = 0; hour < 24; hour++) {
            simulator.setClockOffset(Duration.ofHours(hour));
            assertThat(call("GET", "/api/cis/tagging/tag", "").statusCode()).isEqualTo(200);
        }
        simulator.setClockOffset(Duration.ofHours(25));
        assertThat(call("GET", "/api/cis/tagging/tag", "").statusCode()).isEqualTo(401);
    }
}
