package io.cbtguard.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cbtguard.testkit.process.Checkout;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.jse.JsePlatform;

/** What Argo CD would say of our objects, with its Lua script run on them as Argo CD does: the object is the global obj. */
class ArgoHealthTest {
    private static String script = "";

    @BeforeAll
    static void read() throws IOException {
        JsonNode config = yaml(Files.readString(Checkout.root().resolve("examples/gitops/argocd/health.yaml")));
        String customizations = config.at("/data/resource.customizations").asText();
        script = yaml(customizations).path("cbtguard.io/*").path("health.lua").asText();
        assertThat(script).isNotEmpty();
    }

    @ParameterizedTest(name = "a {0} with {1}={2} is {3}")
    @CsvSource({
        "VCenter, Ready, True, Healthy",
        "VCenter, Ready, False, Degraded",
        "VCenter, Ready, Unknown, Progressing",
        "VCenter, Connected, True, Progressing",
        "BackupPolicy, Ready, True, Healthy",
        "ProtectedVM, Ready, True, Healthy",
        "ProtectedVM, Ready, False, Degraded",
        "CBTAdvisory, Ready, True, Healthy",
        "VMBackup, Complete, True, Healthy",
        "VMBackup, Complete, False, Progressing",
        "VMBackup, Decided, True, Progressing",
        "VMRestore, Recorded, True, Healthy",
        "VMRestore, Recorded, False, Degraded",
    })
    void goesByTheConditionThatTellsOfTheKind(String kind, String type, String status, String health) {
        var told = health("""
                kind: %s
                metadata: {generation: 2}
                status:
                  observedGeneration: 2
                  conditions: [{type: %s, status: "%s", reason: Because, message: of that}]
                """.formatted(kind, type, status));

        assertThat(told.get("status").tojstring()).isEqualTo(health);
        if (!told.get("message").tojstring().startsWith("waiting")) {
            assertThat(told.get("message").tojstring()).isEqualTo("Because: of that");
        }
    }

    @Test
    void aChangeThatTheOperatorHasNotSeenIsProgress() {
        assertThat(status("""
                kind: VCenter
                metadata: {generation: 3}
                status:
                  observedGeneration: 2
                  conditions: [{type: Ready, status: "True", reason: Because}]
                """)).isEqualTo("Progressing");
    }

    @Test
    void anObjectWithoutAStatusIsProgressButARecordHasNone() {
        assertThat(status("{kind: ProtectedVM, metadata: {generation: 1}, spec: {suspend: false}}"))
                .isEqualTo("Progressing");
        assertThat(status("{kind: VMRecord, metadata: {generation: 1}}")).isEqualTo("Healthy");
    }

    @Test
    void whatIsSuspendedIsSaidToBe() {
        assertThat(status("{kind: VCenter, metadata: {generation: 1}, spec: {suspend: true}}"))
                .isEqualTo("Suspended");
    }

    @Test
    void aVmThatNeedsAFullBackupIsHealthy() {
        assertThat(status("""
                kind: ProtectedVM
                metadata: {generation: 1}
                status:
                  observedGeneration: 1
                  conditions:
                  - {type: ForceFull, status: "True", reason: SnapshotReverted}
                  - {type: AtRisk, status: "True", reason: RpoExceeded}
                  - {type: Ready, status: "True", reason: Bound}
                """)).isEqualTo("Healthy");
    }

    private static String status(String object) {
        return health(object).get("status").tojstring();
    }

    private static LuaValue health(String object) {
        var globals = JsePlatform.standardGlobals();
        globals.set("obj", lua(yaml(object)));
        return globals.load(script).call();
    }

    private static JsonNode yaml(String text) {
        return Serialization.unmarshal("---\n" + text, JsonNode.class); // else a brace at the start means JSON
    }

    private static LuaValue lua(JsonNode node) {
        if (node.isObject()) {
            LuaTable table = new LuaTable();
            node.properties().forEach(field -> table.set(field.getKey(), lua(field.getValue())));
            return table;
        }
        if (node.isArray()) {
            LuaTable table = new LuaTable();
            for (int i = 0; i < node.size(); i++) {
                table.set(i + 1, lua(node.get(i)));
            }
            return table;
        }
        if (node.isBoolean()) {
            return LuaValue.valueOf(node.asBoolean());
        }
        return node.isNumber() ? LuaValue.valueOf(node.asDouble()) : LuaValue.valueOf(node.asText());
    }
}
