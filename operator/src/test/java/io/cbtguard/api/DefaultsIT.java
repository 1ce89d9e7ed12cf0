package io.cbtguard.api;

import static io.cbtguard.api.Specs.advisory;
import static io.cbtguard.api.Specs.backup;
import static io.cbtguard.api.Specs.policy;
import static io.cbtguard.api.Specs.protectedVm;
import static io.cbtguard.api.Specs.reported;
import static io.cbtguard.api.Specs.vcenter;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every default is filled in, gives way to another value, and that value is not just anything. */
@Tag("cluster")
class DefaultsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DURATION = " in body should match '^([0-9]+(h|m|s))+$'";

    private static String namespace = "";

    @BeforeAll
    static void namespace() {
        namespace = ApiServer.freshNamespace();
    }

    /**
     * @param body an object that leaves the field out
     * @param value the default
     * @param other another value, that is kept
     * @param wrong a value that is refused
     * @param refusal how the refusal ends
     */
    record Default(String kind, String body, String path, String value, String other, String wrong, String refusal) {
        @Override
        public String toString() {
            return kind + " " + path;
        }
    }

    static List<Default> defaults() {
        String bundle = vcenter("tls: {caBundleRef: {name: ca}}");
        String access = vcenter("access: [{}]");
        String vm = protectedVm("name: web-01");
        return List.of(
                new Default(
                        "VCenter",
                        vcenter(""),
                        "spec.access",
                        "[{\"namespaces\": {\"from\": \"Same\"}}]",
                        "[]",
                        "{}",
                        "spec.access in body must be of type array: \"object\""),
                new Default(
                        "VCenter",
                        access,
                        "spec.access[0].namespaces.from",
                        "\"Same\"",
                        "\"Same\"",
                        "\"Others\"",
                        "supported values: \"All\", \"Same\", \"Selector\""),
                new Default(
                        "VCenter",
                        vcenter(""),
                        "spec.retention",
                        "\"2160h\"",
                        "\"24h30m\"",
                        "\"90d\"",
                        "spec.retention" + DURATION),
                new Default(
                        "VCenter",
                        vcenter(""),
                        "spec.fullBudget.total",
                        "20",
                        "1",
                        "0",
                        "spec.fullBudget.total in body should be greater than or equal to 1"),
                new Default(
                        "VCenter",
                        vcenter("fullBudget: {total: 5}"),
                        "spec.fullBudget.perHost",
                        "2",
                        "7",
                        "0",
                        "spec.fullBudget.perHost in body should be greater than or equal to 1"),
                new Default(
                        "VCenter",
                        vcenter(""),
                        "spec.fullBudget.perDatastore",
                        "4",
                        "100000",
                        "100001",
                        "spec.fullBudget.perDatastore in body should be less than or equal to 100000"),
                new Default("VCenter", vcenter(""), "spec.suspend", "false", "true", "\"no\"", bool("spec.suspend")),
                new Default(
                        "VCenter",
                        bundle,
                        "spec.tls.caBundleRef.key",
                        "\"ca.crt\"",
                        "\"tls.crt\"",
                        "\"\"",
                        "spec.tls.caBundleRef.key in body should be at least 1 chars long"),
                new Default(
                        "VCenter",
                        bundle,
                        "spec.tls.caBundleRef.kind",
                        "\"ConfigMap\"",
                        "\"Secret\"",
                        "\"File\"",
                        "supported values: \"ConfigMap\", \"Secret\""),
                new Default(
                        "VCenter",
                        vcenter(""),
                        "spec.tls.insecureSkipVerify",
                        "false",
                        "true",
                        "\"yes\"",
                        bool("spec.tls.insecureSkipVerify")),
                new Default(
                        "BackupPolicy",
                        "{}",
                        "spec.decisionTimeout",
                        "\"10m\"",
                        "\"1h30m\"",
                        "\"10 m\"",
                        "spec.decisionTimeout" + DURATION),
                new Default(
                        "BackupPolicy",
                        "{}",
                        "spec.budgetTimeout",
                        "\"0s\"",
                        "\"8h\"",
                        "\"1d\"",
                        "spec.budgetTimeout" + DURATION),
                new Default(
                        "BackupPolicy",
                        "{}",
                        "spec.priority",
                        "0",
                        "-1000",
                        "1001",
                        "spec.priority in body should be less than or equal to 1000"),
                new Default(
                        "BackupPolicy",
                        "{}",
                        "spec.forceFullGrace",
                        "\"24h\"",
                        "\"0s\"",
                        "\"-1h\"",
                        "spec.forceFullGrace" + DURATION),
                new Default(
                        "BackupPolicy",
                        "{}",
                        "spec.history.series",
                        "2",
                        "0",
                        "9",
                        "spec.history.series in body should be less than or equal to 8"),
                new Default(
                        "BackupPolicy",
                        "{}",
                        "spec.mode",
                        "\"Guard\"",
                        "\"Guard\"",
                        "\"Off\"",
                        "supported values: \"Guard\""),
                new Default(
                        "BackupPolicy",
                        "{}",
                        "spec.scope",
                        "\"VM\"",
                        "\"Disk\"",
                        "\"Chain\"",
                        "supported values: \"Disk\", \"VM\""),
                new Default(
                        "BackupPolicy",
                        "{}",
                        "spec.onInvalid",
                        "\"Full\"",
                        "\"Refuse\"",
                        "\"Ignore\"",
                        "supported values: \"Full\", \"Refuse\""),
                new Default(
                        "BackupPolicy",
                        "{}",
                        "spec.onUnknown",
                        "\"Refuse\"",
                        "\"Full\"",
                        "\"Incremental\"",
                        "supported values: \"Full\", \"Refuse\""),
                new Default(
                        "BackupPolicy",
                        "{}",
                        "spec.reportTimeout",
                        "\"24h\"",
                        "\"48h\"",
                        "\"9999999999999h\"",
                        "may not be more than 12 bytes"),
                new Default(
                        "BackupPolicy",
                        policy("restoreTest: {}"),
                        "spec.restoreTest.maxAge",
                        "\"2160h\"",
                        "\"24h\"",
                        "\"90d\"",
                        "spec.restoreTest.maxAge" + DURATION),
                new Default(
                        "BackupPolicy",
                        "{}",
                        "spec.full.maxAge",
                        "\"168h\"",
                        "\"0s\"",
                        "\"7d\"",
                        "spec.full.maxAge" + DURATION),
                new Default(
                        "BackupPolicy",
                        policy("full: {maxAge: 24h}"),
                        "spec.full.maxIncrementals",
                        "30",
                        "0",
                        "-1",
                        "spec.full.maxIncrementals in body should be greater than or equal to 0"),
                new Default(
                        "BackupPolicy",
                        "{}",
                        "spec.rules.affectedHost",
                        "\"FullOnly\"",
                        "\"Refuse\"",
                        "\"Ignore\"",
                        "supported values: \"FullOnly\", \"Refuse\", \"Warn\""),
                new Default(
                        "BackupPolicy",
                        "{}",
                        "spec.rules.assumeBase",
                        "\"Never\"",
                        "\"LastCommitted\"",
                        "\"Always\"",
                        "supported values: \"LastCommitted\", \"Never\""),
                new Default(
                        "BackupPolicy",
                        "{}",
                        "spec.rules.consolidation",
                        "\"Wait\"",
                        "\"Ignore\"",
                        "\"Full\"",
                        "supported values: \"Ignore\", \"Wait\""),
                new Default(
                        "BackupPolicy",
                        "{}",
                        "spec.rules.diskRelocated",
                        "\"WhenIdChanged\"",
                        "\"Always\"",
                        "\"Never\"",
                        "supported values: \"Always\", \"WhenIdChanged\""),
                new Default(
                        "BackupPolicy",
                        "{}",
                        "spec.rules.diskResized",
                        "\"Advisory\"",
                        "\"Always\"",
                        "\"Never\"",
                        "supported values: \"Advisory\", \"Always\""),
                new Default(
                        "BackupPolicy",
                        "{}",
                        "spec.rules.uncleanShutdown",
                        "\"WhenIdChanged\"",
                        "\"Warn\"",
                        "\"Never\"",
                        "supported values: \"Full\", \"Warn\", \"WhenIdChanged\""),
                new Default(
                        "BackupPolicy",
                        "{}",
                        "spec.rules.eventGap",
                        "\"Full\"",
                        "\"Accept\"",
                        "\"Ignore\"",
                        "supported values: \"Accept\", \"Full\""),
                new Default(
                        "BackupPolicy",
                        policy("rules: {}"),
                        "spec.rules.hostUpgrade",
                        "\"Always\"",
                        "\"WhenAffected\"",
                        "\"Never\"",
                        "supported values: \"Always\", \"WhenAffected\""),
                new Default(
                        "BackupPolicy",
                        policy("rules: {eventGap: Accept}"),
                        "spec.rules.identity",
                        "\"Full\"",
                        "\"Accept\"",
                        "\"Ignore\"",
                        "supported values: \"Accept\", \"Full\""),
                new Default(
                        "BackupPolicy",
                        "{}",
                        "spec.rules.adoption",
                        "\"Accept\"",
                        "\"Reset\"",
                        "\"Trust\"",
                        "supported values: \"Accept\", \"Reset\""),
                new Default(
                        "BackupPolicy",
                        "{}",
                        "spec.rules.unseenSnapshot",
                        "\"NoBaseline\"",
                        "\"TrustReport\"",
                        "\"Trust\"",
                        "supported values: \"NoBaseline\", \"TrustReport\""),
                new Default(
                        "CBTAdvisory",
                        advisory("affected: [{version: 1.0.0, minBuild: 0}]"),
                        "spec.trigger",
                        "\"HostBuild\"",
                        "\"Note\"",
                        "\"Never\"",
                        "supported values: \"DiskResize\", \"HostBuild\", \"Note\""),
                new Default(
                        "CBTAdvisory",
                        advisory("trigger: Note"),
                        "spec.enabled",
                        "true",
                        "false",
                        "\"no\"",
                        bool("spec.enabled")),
                new Default(
                        "CBTAdvisory",
                        advisory("trigger: Note"),
                        "spec.effect.baselines",
                        "\"Invalidate\"",
                        "\"None\"",
                        "\"Never\"",
                        "supported values: \"Invalidate\", \"None\""),
                new Default(
                        "CBTAdvisory",
                        advisory("trigger: Note"),
                        "spec.effect.reset",
                        "\"Recommended\"",
                        "\"Required\"",
                        "\"Never\"",
                        "supported values: \"None\", \"Recommended\", \"Required\""),
                new Default(
                        "CBTAdvisory",
                        advisory("trigger: Note"),
                        "spec.effect.suspect",
                        "\"IncrementalsAndFullsUsingCbt\"",
                        "\"Incrementals\"",
                        "\"Never\"",
                        "supported values: \"Incrementals\", \"IncrementalsAndFullsUsingCbt\", \"None\""),
                new Default("ProtectedVM", vm, "spec.suspend", "false", "true", "1", bool("spec.suspend", "integer")),
                new Default(
                        "VMBackup",
                        backup(""),
                        "spec.chain",
                        "\"default\"",
                        "\"nightly_2.full\"",
                        "\"a b\"",
                        "spec.chain in body should match '^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$'"),
                new Default(
                        "VMBackup",
                        backup(""),
                        "spec.deadline",
                        "\"12h\"",
                        "\"90m\"",
                        "\"1w\"",
                        "spec.deadline" + DURATION),
                new Default(
                        "VMBackup",
                        reported("key: 2000, read: All"),
                        "spec.report.disks[0].refused",
                        "false",
                        "true",
                        "\"no\"",
                        bool("spec.report.disks[0].refused")),
                new Default(
                        "VMBackup",
                        backup(""),
                        "spec.ttlAfterFinished",
                        "\"1h\"",
                        "\"168h\"",
                        "\"forever\"",
                        "spec.ttlAfterFinished" + DURATION),
                new Default(
                        "VMBackup",
                        backup(""),
                        "spec.type",
                        "\"Auto\"",
                        "\"Incremental\"",
                        "\"Differential\"",
                        "supported values: \"Auto\", \"Full\", \"Incremental\""));
    }

    private static String bool(String path) {
        return bool(path, "string");
    }

    private static String bool(String path, String type) {
        return path + " in body must be of type boolean: \"" + type + "\"";
    }

    @AfterAll
    static void dropNamespaces() {
        ApiServer.dropNamespaces();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("defaults")
    void isFilledInWhereNothingIsSaid(Default field) throws Exception {
        var created = ApiServer.create(namespace, object(field.kind(), field.body()));

        assertThat(at(created, field.path())).isEqualTo(JSON.readTree(field.value()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("defaults")
    void givesWayToAnotherValue(Default field) throws Exception {
        var other = JSON.readTree(field.other());

        var created = ApiServer.create(namespace, with(field, other));

        assertThat(at(created, field.path())).isEqualTo(other);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("defaults")
    void refusesWhatIsNoValue(Default field) throws Exception {
        var wrong = with(field, JSON.readTree(field.wrong()));

        var causes = ApiServer.refusal(() -> ApiServer.create(namespace, wrong));

        assertThat(causes).as("%s", field).anySatisfy(cause -> assertThat(cause)
                .startsWith(field.path() + ": ")
                .endsWith(field.refusal()));
    }

    /** A new default without its examples fails here. */
    @Test
    void everyDefaultOfEveryCrdHasItsExamples() {
        var inSchemas = new TreeSet<String>();
        for (var crd : ApiServer.crds()) {
            var root = crd.getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema();
            collect(crd.getSpec().getNames().getKind() + " ", root, inSchemas);
        }

        assertThat(defaults().stream().map(Default::toString).collect(Collectors.toSet()))
                .isEqualTo(inSchemas);
    }

    /** Defaults of values; a parent's default is there to let them through. */
    private static void collect(String path, JSONSchemaProps schema, Set<String> paths) {
        if (schema.getDefault() != null && !"object".equals(schema.getType())) {
            paths.add(path);
        }
        if (schema.getItems() != null) {
            collect(path + "[0]", schema.getItems().getSchema(), paths);
        }
        schema.getProperties()
                .forEach((name, child) -> collect(path + (path.endsWith(" ") ? "" : ".") + name, child, paths));
    }

    private static GenericKubernetesResource object(String kind, String body) {
        return ApiServer.object(kind, "example-" + java.util.UUID.randomUUID(), body);
    }

    private static GenericKubernetesResource with(Default field, JsonNode value) {
        var object = JSON.<ObjectNode>valueToTree(object(field.kind(), field.body()));
        int dot = field.path().lastIndexOf('.');
        parent(object, field.path().substring(0, dot)).set(field.path().substring(dot + 1), value);
        return Serialization.unmarshal(object.toString(), GenericKubernetesResource.class);
    }

    private static ObjectNode parent(ObjectNode object, String path) {
        JsonNode node = object;
        for (String name : path.split("[.\\[]")) {
            if (name.endsWith("]")) {
                node = ((ArrayNode) node).get(0);
            } else {
                node = ((ObjectNode) node).has(name) ? node.get(name) : ((ObjectNode) node).putObject(name);
            }
        }
        return (ObjectNode) node;
    }

    private static JsonNode at(GenericKubernetesResource object, String path) {
        return JSON.<JsonNode>valueToTree(object)
                .at("/" + path.replace("[0]", ".0").replace('.', '/'));
    }
}
