package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cbtguard.api.v1alpha1.CBTAdvisory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the page foretells over HTTP is what then happens in vCenter and on the API server. */
@Tag("cluster")
@Tag("simulator")
class ExplainIT {
    private static final String BUILD = "24499991";

    private final GuardedEstate estate = GuardedEstate.up();
    private final HttpClient client = HttpClient.newHttpClient();
    private final String vm = estate.bed.shop + "/" + Estate.PROTECTED;
    private final String advisory = estate.bed.own + "-foretold";

    @BeforeEach
    void aCommittedFull() {
        estate.awaitForceFull("True", "NoBaseline");
        backUp();
    }

    @AfterEach
    void down() {
        estate.bed.admin.resources(CBTAdvisory.class).withName(advisory).delete();
        estate.close();
    }

    @Test
    void eachWhatIfNamesTheVmsThatThenNeedAFullAndWritesNothing() throws Exception {
        String host = estate.simulator.vms().get(GuardedEstate.VM).host();
        String untouched = settledVersion();

        JsonNode upgrade = json(get("/whatif/host?vcenter=" + estate.bed.own + "/" + Estate.VCENTER + "&host=" + host
                + "&build=8.0.3-" + BUILD));

        assertThat(texts(upgrade.get("needFull"), "vm")).containsExactly(vm);
        assertThat(texts(upgrade.get("needFull"), "reason")).containsExactly("HostUpgraded");
        assertThat(recordVersion()).isEqualTo(untouched);
        estate.simulator.hosts().setBuild(host, "8.0.3", BUILD);
        estate.awaitForceFull("True", "HostUpgraded");
        backUp();

        estate.simulator.vms().snapshot(GuardedEstate.VM, "before patch");
        String question = "/whatif/revert?vm=" + vm + "&snapshot=before%20patch";
        await("the snapshot is seen")
                .atMost(GuardBed.PATIENCE)
                .until(() -> get(question).statusCode() == 200);
        JsonNode revert = json(get(question));
        assertThat(texts(revert.get("needFull"), "vm")).containsExactly(vm);
        assertThat(texts(revert.get("needFull"), "reason")).containsExactly("SnapshotReverted");
        estate.simulator.vms().as("alice@vsphere.local").revert(GuardedEstate.VM, "before patch");
        estate.awaitForceFull("True", "SnapshotReverted");
        JsonNode told = json(get("/explain/" + vm));
        assertThat(told.at("/findings/0/reason").asText()).isEqualTo("SnapshotReverted");
        assertThat(told.at("/findings/0/evidence").asText()).contains("alice@vsphere.local");
        assertThat(told.at("/findings/0/killed")).isNotEmpty();
        backUp();
        assertThat(GuardedEstate.decided(estate.backup("Auto"))).isEqualTo("Incremental");

        String bulletin = """
                apiVersion: cbtguard.io/v1alpha1
                kind: CBTAdvisory
                metadata: {name: %s}
                spec:
                  title: Foretold
                  trigger: HostBuild
                  affected: [{version: 8.0.3, minBuild: %s, fixedBuild: 24499992}]
                  effect: {suspect: Incrementals}
                  remedy: Patch the host.
                """.formatted(advisory, BUILD);
        JsonNode advised = json(post("/whatif/advisory", bulletin));
        assertThat(texts(advised.get("needFull"), "vm")).containsExactly(vm);
        assertThat(estate.bed.find(CBTAdvisory.class, "", advisory)).isEmpty();
        estate.bed.applyClusterWide(bulletin);
        estate.awaitForceFull("True", "AffectedHostBuild");
        assertThat(texts(advised.get("restorePoints"), "run"))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(estate.vm().getStatus().restorePoints().stream()
                        .filter(p -> "Suspect".equals(String.valueOf(p.trust())))
                        .map(p -> p.run())
                        .toList());
    }

    @Test
    void thePageListsExplainsAndHelpsWhoAsksWrongly() throws Exception {
        assertThat(get("/", "text/plain").body())
                .isEqualTo(vm + "  Incremental  Current  " + estate.bed.own + "/" + Estate.VCENTER + "\n");
        assertThat(get("/explain/" + vm, "text/plain").body())
                .contains("The next backup may be incremental", "Chain default", "What to do", "Good");
        HttpResponse<String> unknown = get("/explain/" + estate.bed.shop + "/nobody", "text/plain");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("there is no ProtectedVM", Estate.PROTECTED);
        assertThat(get("/whatif/host?vcenter=no/where&host=h&build=8.0.3-1").statusCode())
                .isEqualTo(404);
        assertThat(get("/whatif/host?vcenter=" + estate.bed.own + "/" + Estate.VCENTER + "&host=nobody&build=8.0.3-1")
                        .body())
                .contains("there is no host nobody", "host-");
        assertThat(get("/whatif/revert?vm=" + vm + "&snapshot=nothing").body())
                .contains("there is no snapshot nothing");
        assertThat(get("/whatif/revert?vm=" + vm).statusCode()).isEqualTo(400);
        assertThat(post("/whatif/advisory", "kind: Pod").statusCode()).isEqualTo(400);
        assertThat(post("/explain/" + vm, "x").statusCode()).isEqualTo(405);
        assertThat(get("/nothing").statusCode()).isEqualTo(404);
    }

    private void backUp() {
        assertThat(GuardedEstate.phase(estate.backup("Auto"))).isEqualTo("Committed");
        estate.awaitForceFull("False", "NotNeeded");
    }

    /** The removal of the backup's snapshot is still to be written when the backup ends. */
    private String settledVersion() {
        List<String> seen = new ArrayList<>(List.of(recordVersion()));
        await().during(Duration.ofSeconds(2)).atMost(GuardBed.PATIENCE).until(() -> {
            seen.add(recordVersion());
            return seen.getLast().equals(seen.get(seen.size() - 2));
        });
        return seen.getLast();
    }

    private String recordVersion() {
        return estate.bed.record().getMetadata().getResourceVersion();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return get(path, "application/json");
    }

    private HttpResponse<String> get(String path, String accept) throws Exception {
        return client.send(
                HttpRequest.newBuilder(uri(path)).header("Accept", accept).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(uri(path))
                        .header("Accept", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + estate.bed.pagePort() + path);
    }

    private static JsonNode json(HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new ObjectMapper().readTree(response.body());
    }

    private static List<String> texts(JsonNode array, String field) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> texts.add(node.get(field).asText()));
        return texts;
    }
}
