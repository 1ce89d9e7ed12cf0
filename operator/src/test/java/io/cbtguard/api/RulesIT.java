package io.cbtguard.api;

import static io.cbtguard.api.Specs.advisory;
import static io.cbtguard.api.Specs.backup;
import static io.cbtguard.api.Specs.policy;
import static io.cbtguard.api.Specs.protectedVm;
import static io.cbtguard.api.Specs.reported;
import static io.cbtguard.api.Specs.restore;
import static io.cbtguard.api.Specs.test;
import static io.cbtguard.api.Specs.vcenter;
import static io.cbtguard.api.Specs.vcenterAt;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every CEL rule has an example that is accepted and one that is refused, with the message that says what to do. */
@Tag("cluster")
class RulesIT {
    private static final String SERVER = "server must be an https URL of a host and nothing after it, such as"
            + " https://vcenter.example.com or https://vcenter.example.com:8443; /sdk is added";
    private static final String ONE_TLS =
            "set at most one of caBundleRef, thumbprint and insecureSkipVerify: true, and remove the others";
    private static final String THUMBPRINT =
            "thumbprint must be the certificate's SHA-256 as 32 pairs of hex digits with"
                    + " colons, as openssl x509 -noout -fingerprint -sha256 prints it";
    private static final String FOLDERS = "folders is required when namespaces.from is Selector or All: list the"
            + " inventory folders that these namespaces may use, such as /DC0/vm/shop";
    private static final String SELECTOR = "selector goes with from: Selector: set both, or neither";
    private static final String ONE_NAME = "name the VM in exactly one way: set one of instanceUuid, moRef,"
            + " inventoryPath and name, and remove the others";
    private static final String WHICH_DISK = "say which disk this is: set id or key, both are in status.decision.disks";
    private static final String CHANGE_ID =
            "read: Changed needs changeId: the change ID of this disk in the snapshot that"
                    + " was read, which the next incremental starts from";
    private static final String IMMUTABLE =
            "protectedVMRef, chain, type and deadline cannot be changed: create a new VMBackup";
    private static final String REPORT_STAYS =
            "report cannot be removed: what a tool has reported stays; create a new" + " VMBackup for another run";
    private static final String REPORT_ONCE =
            "report cannot be changed once it is made: create a new VMBackup with the right report";

    private static final String AFFECTED = "affected is required with trigger HostBuild and DiskResize: list the ESXi"
            + " versions with the first affected and, if known, the first fixed build of each";
    private static final String LONGEST_RUN =
            "at most 720h: a run that has not reported by then will not, and it blocks its chain and holds a place among"
                    + " the vCenter's fulls";
    private static final String FIXED =
            "fixedBuild must be above minBuild: it is the first build that is not affected any more";
    private static final String OTHER_VM =
            "spec.vm cannot be changed while the VM that it found is there: what is known is of that VM, also after a"
                    + " rename; create another ProtectedVM for another VM";
    private static final String TESTED =
            "a Test says what was tested and what came of it: set restorePoint to the name of"
                    + " the backup run, and outcome to Passed or Failed";
    private static final String NO_TEST =
            "a restore over the VM that failed has written over its disks all the same: remove outcome, or declare a Test";
    private static final String RESTORE = "the spec of a VMRestore cannot be changed: create a new VMRestore";

    private static String namespace = "";

    @BeforeAll
    static void namespace() {
        namespace = ApiServer.freshNamespace();
    }

    record Accepted(String sentence, String kind, String body) {
        @Override
        public String toString() {
            return sentence;
        }
    }

    record Refused(String sentence, String kind, String body, String field, String message) {
        @Override
        public String toString() {
            return sentence;
        }
    }

    record Change(String sentence, String kind, String before, String after, String message) {
        @Override
        public String toString() {
            return sentence;
        }
    }

    static Stream<Accepted> accepted() {
        return Stream.of(
                new Accepted("a server with a port", "VCenter", vcenterAt("https://vcenter.example.com:8443")),
                new Accepted("a server by IPv4 address", "VCenter", vcenterAt("https://192.0.2.10")),
                new Accepted("a server by IPv6 address", "VCenter", vcenterAt("https://[2001:db8::10]:443")),
                new Accepted("a CA bundle alone", "VCenter", vcenter("tls: {caBundleRef: {name: vcenter-ca}}")),
                new Accepted(
                        "a thumbprint alone", "VCenter", vcenter("tls: {thumbprint: \"" + Specs.THUMBPRINT + "\"}")),
                new Accepted("no verification alone", "VCenter", vcenter("tls: {insecureSkipVerify: true}")),
                new Accepted(
                        "a thumbprint and insecureSkipVerify: false",
                        "VCenter",
                        vcenter("tls: {thumbprint: \"" + Specs.THUMBPRINT + "\", insecureSkipVerify: false}")),
                new Accepted("access for nobody", "VCenter", vcenter("access: []")),
                new Accepted("the own namespace without folders", "VCenter", vcenter("access: [{}]")),
                new Accepted(
                        "all namespaces with a folder",
                        "VCenter",
                        vcenter("access: [{namespaces: {from: All}, folders: [/DC0/vm/shop]}]")),
                new Accepted(
                        "selected namespaces with a folder",
                        "VCenter",
                        vcenter("access: [{namespaces: {from: Selector, selector: {matchLabels: {team: shop}}},"
                                + " folders: [/DC0/vm/shop]}]")),
                new Accepted("a VM by name", "ProtectedVM", protectedVm("name: web-01")),
                new Accepted("a VM by moRef", "ProtectedVM", protectedVm("moRef: vm-42")),
                new Accepted(
                        "a VM by inventory path", "ProtectedVM", protectedVm("inventoryPath: /DC0/vm/shop/web-01")),
                new Accepted(
                        "a VM by instance UUID",
                        "ProtectedVM",
                        protectedVm("instanceUuid: 5021c3b0-7d1e-4f7a-9c55-0a1b2c3d4e5f")),
                new Accepted(
                        "two planned changes",
                        "ProtectedVM",
                        protectedVm("name: web-01")
                                .replace(
                                        "spec: {",
                                        "spec: {plannedChanges: [{name: a, at: \"2026-12-01T22:00:00Z\"},"
                                                + " {name: b, at: \"2026-12-01T22:00:00+01:00\"}], ")),
                new Accepted(
                        "an advisory about builds, none of which is known to be fixed",
                        "CBTAdvisory",
                        advisory("trigger: HostBuild, affected: [{version: 1.0.0, minBuild: 5}]")),
                new Accepted(
                        "an advisory about one build",
                        "CBTAdvisory",
                        advisory("trigger: HostBuild, affected: [{version: 1.0.0, minBuild: 5, fixedBuild: 6}]")),
                new Accepted(
                        "an advisory about growth over a boundary",
                        "CBTAdvisory",
                        advisory("trigger: DiskResize, boundary: 128Gi, affected: [{version: 1.0.0, minBuild: 0}]")),
                new Accepted(
                        "an advisory about growth over the usual boundary",
                        "CBTAdvisory",
                        advisory("trigger: DiskResize, affected: [{version: 1.0.0, minBuild: 0}]")),
                new Accepted(
                        "an advisory with all that there is",
                        "CBTAdvisory",
                        advisory("overrides: \"\", boundary: 128Gi, affected: [{version: 1.0.0, minBuild: 0}]")),
                new Accepted("an advisory that only explains", "CBTAdvisory", advisory("trigger: Note")),
                new Accepted(
                        "a restore in place of a point",
                        "VMRestore",
                        restore("restorePoint: web-01-1, outcome: Passed")),
                new Accepted("a restore in place", "VMRestore", restore("at: \"2026-12-01T22:00:00Z\"")),
                new Accepted(
                        "a test that passed",
                        "VMRestore",
                        test("restorePoint: web-01-1, outcome: Passed, at: \"2026-12-01T22:00:00Z\"")),
                new Accepted(
                        "a test that failed",
                        "VMRestore",
                        test("restorePoint: web-01-1, outcome: Failed, message: no boot")),
                new Accepted("a disk by id", "VMBackup", reported("id: 6000C29a-1, read: All")),
                new Accepted("a disk by key", "VMBackup", reported("key: 2000, read: Allocated")),
                new Accepted(
                        "changed blocks with the snapshot's change ID, the base left out",
                        "VMBackup",
                        reported("key: 2000, read: Changed, changeId: \"52 05/6\"")),
                new Accepted(
                        "a refused change ID without a new one",
                        "VMBackup",
                        reported("key: 2000, read: Changed, refused: true")),
                new Accepted(
                        "a report of a failure", "VMBackup", backup("report: {outcome: Failed, message: no space}")));
    }

    static Stream<Refused> refused() {
        return Stream.of(
                new Refused("http", "VCenter", vcenterAt("http://vcenter.example.com"), "spec.server", SERVER),
                new Refused(
                        "a host without scheme", "VCenter", vcenterAt("vcenter.example.com"), "spec.server", SERVER),
                new Refused("no host", "VCenter", vcenterAt("https://"), "spec.server", SERVER),
                new Refused("a port and no host", "VCenter", vcenterAt("https://:443"), "spec.server", SERVER),
                new Refused("/sdk", "VCenter", vcenterAt("https://vcenter.example.com/sdk"), "spec.server", SERVER),
                new Refused("a slash", "VCenter", vcenterAt("https://vcenter.example.com/"), "spec.server", SERVER),
                new Refused("a query", "VCenter", vcenterAt("https://vcenter.example.com?a=b"), "spec.server", SERVER),
                new Refused("a fragment", "VCenter", vcenterAt("https://vcenter.example.com#a"), "spec.server", SERVER),
                new Refused(
                        "a user in the URL",
                        "VCenter",
                        vcenterAt("https://root:pw@vcenter.example.com"),
                        "spec.server",
                        SERVER),
                new Refused(
                        "a CA bundle and a thumbprint",
                        "VCenter",
                        vcenter("tls: {caBundleRef: {name: ca}, thumbprint: \"" + Specs.THUMBPRINT + "\"}"),
                        "spec.tls",
                        ONE_TLS),
                new Refused(
                        "a CA bundle and no verification",
                        "VCenter",
                        vcenter("tls: {caBundleRef: {name: ca}, insecureSkipVerify: true}"),
                        "spec.tls",
                        ONE_TLS),
                new Refused(
                        "a SHA-1 thumbprint",
                        "VCenter",
                        vcenter("tls: {thumbprint: \"AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01\"}"),
                        "spec.tls.thumbprint",
                        THUMBPRINT),
                new Refused(
                        "all namespaces without folders",
                        "VCenter",
                        vcenter("access: [{namespaces: {from: All}}]"),
                        "spec.access[0]",
                        FOLDERS),
                new Refused(
                        "selected namespaces with an empty list of folders",
                        "VCenter",
                        vcenter(
                                "access: [{namespaces: {from: Selector, selector: {matchLabels: {a: b}}}, folders: []}]"),
                        "spec.access[0]",
                        FOLDERS),
                new Refused(
                        "from: Selector without selector",
                        "VCenter",
                        vcenter("access: [{namespaces: {from: Selector}, folders: [/DC0/vm]}]"),
                        "spec.access[0].namespaces",
                        SELECTOR),
                new Refused(
                        "a selector without from: Selector",
                        "VCenter",
                        vcenter("access: [{namespaces: {selector: {matchLabels: {a: b}}}}]"),
                        "spec.access[0].namespaces",
                        SELECTOR),
                new Refused(
                        "a VM named in two ways",
                        "ProtectedVM",
                        protectedVm("name: web-01, moRef: vm-42"),
                        "spec.vm",
                        ONE_NAME),
                new Refused("a VM not named at all", "ProtectedVM", protectedVm(""), "spec.vm", ONE_NAME),
                new Refused(
                        "two planned changes of one name",
                        "ProtectedVM",
                        protectedVm("name: web-01")
                                .replace(
                                        "spec: {",
                                        "spec: {plannedChanges: [{name: a, at: \"2026-12-01T22:00:00Z\"},"
                                                + " {name: a, at: \"2026-12-02T22:00:00Z\"}], "),
                        "spec.plannedChanges",
                        "give each planned change a name of its own"),
                new Refused(
                        "an advisory about no build",
                        "CBTAdvisory",
                        advisory("trigger: HostBuild, affected: []"),
                        "spec",
                        AFFECTED),
                new Refused(
                        "a run of months",
                        "BackupPolicy",
                        policy("reportTimeout: 721h"),
                        "spec.reportTimeout",
                        LONGEST_RUN),
                new Refused(
                        "a fix before the bug",
                        "CBTAdvisory",
                        advisory("trigger: HostBuild, affected: [{version: 1.0.0, minBuild: 5, fixedBuild: 5}]"),
                        "spec.affected[0]",
                        FIXED),
                new Refused("a test without an outcome", "VMRestore", test("restorePoint: web-01-1"), "spec", TESTED),
                new Refused("a test of nothing", "VMRestore", test("outcome: Passed"), "spec", TESTED),
                new Refused("a restore in place that failed", "VMRestore", restore("outcome: Failed"), "spec", NO_TEST),
                new Refused(
                        "a report on no disk in particular",
                        "VMBackup",
                        reported("read: All"),
                        "spec.report.disks[0]",
                        WHICH_DISK),
                new Refused(
                        "changed blocks without the snapshot's change ID",
                        "VMBackup",
                        reported("key: 2000, read: Changed, baseRun: web-01-1, baseChangeId: \"52 05/5\""),
                        "spec.report.disks[0]",
                        CHANGE_ID));
    }

    private static final String REPORT = "report: {outcome: Succeeded, snapshot: {moRef: snapshot-77}}";

    static Stream<Change> acceptedChanges() {
        return Stream.of(
                new Change("a report that comes later", "VMBackup", backup(""), backup(REPORT), ""),
                new Change("the same report again", "VMBackup", backup(REPORT), backup(REPORT), ""),
                new Change(
                        "a longer life after the report",
                        "VMBackup",
                        backup(REPORT),
                        backup(REPORT + ", ttlAfterFinished: 24h"),
                        ""),
                new Change("a shorter life", "VMBackup", backup(""), backup("ttlAfterFinished: 0s"), ""));
    }

    static Stream<Change> refusedChanges() {
        return Stream.of(
                new Change("another chain", "VMBackup", backup(""), backup("chain: nightly"), IMMUTABLE),
                new Change("another type", "VMBackup", backup(""), backup("type: Full"), IMMUTABLE),
                new Change("another deadline", "VMBackup", backup(""), backup("deadline: 24h"), IMMUTABLE),
                new Change("another VM", "VMBackup", backup(""), "spec: {protectedVMRef: {name: db-01}}", IMMUTABLE),
                new Change("another VM restored", "VMRestore", restore(""), restore("message: again"), RESTORE),
                new Change("a report taken back", "VMBackup", backup(REPORT), backup(""), REPORT_STAYS),
                new Change(
                        "a second report",
                        "VMBackup",
                        backup(REPORT),
                        backup("report: {outcome: Failed, snapshot: {moRef: snapshot-77}}"),
                        REPORT_ONCE),
                new Change(
                        "a disk added to a report",
                        "VMBackup",
                        backup(REPORT),
                        reported("key: 2000, read: All"),
                        REPORT_ONCE));
    }

    @AfterAll
    static void dropNamespaces() {
        ApiServer.dropNamespaces();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void accepted(Accepted example) {
        var created = ApiServer.create(namespace, object(example.kind(), example.body()));

        assertThat(created.getMetadata().getUid()).isNotBlank();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refused(Refused example) {
        var causes = ApiServer.refusal(() -> ApiServer.create(namespace, object(example.kind(), example.body())));

        assertThat(causes)
                .as("%s", example)
                .singleElement()
                .asString()
                .startsWith(example.field() + ": ")
                .endsWith(": " + example.message());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void acceptedChanges(Change change) {
        var before = ApiServer.create(namespace, object(change.kind(), change.before()));

        var after = ApiServer.update(namespace, changed(before, change));

        assertThat(after.getMetadata().getUid()).isEqualTo(before.getMetadata().getUid());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refusedChanges(Change change) {
        var before = ApiServer.create(namespace, object(change.kind(), change.before()));

        var causes = ApiServer.refusal(() -> ApiServer.update(namespace, changed(before, change)));

        assertThat(causes)
                .as("%s", change)
                .singleElement()
                .asString()
                .startsWith("spec: ")
                .endsWith(": " + change.message());
    }

    @Test
    void anotherVmCanBeNamedUntilOneWasFound() {
        var before = ApiServer.create(namespace, object("ProtectedVM", protectedVm("name: web-01")));
        var unbound = ApiServer.update(namespace, renamed(before, "web-02"));
        unbound.setAdditionalProperty("status", Map.of("record", Map.of("namespace", "guard", "name", "lab.vc.vm")));
        var bound = ApiServer.admin().resource(unbound).inNamespace(namespace).updateStatus();

        var causes = ApiServer.refusal(() -> ApiServer.update(namespace, renamed(bound, "web-03")));

        assertThat(causes).singleElement().asString().endsWith(": " + OTHER_VM);
    }

    private static GenericKubernetesResource renamed(GenericKubernetesResource before, String vm) {
        return changed(before, new Change("", "ProtectedVM", "", protectedVm("name: " + vm), ""));
    }

    @Test
    void anotherVmCanBeNamedOnceTheOneThatWasFoundIsGone() {
        var before = ApiServer.create(namespace, object("ProtectedVM", protectedVm("name: web-01")));
        before.setAdditionalProperty(
                "status",
                Map.of(
                        "record",
                        Map.of("namespace", "guard", "name", "lab.vc.vm"),
                        "conditions",
                        List.of(Map.of(
                                "type",
                                "Ready",
                                "status",
                                "False",
                                "reason",
                                "VMNotFound",
                                "message",
                                "It is gone.",
                                "lastTransitionTime",
                                "2026-12-01T00:00:00Z"))));
        var gone = ApiServer.admin().resource(before).inNamespace(namespace).updateStatus();

        var renamed = ApiServer.update(namespace, renamed(gone, "web-03"));

        assertThat(renamed.<Map<String, String>>get("spec", "vm")).containsEntry("name", "web-03");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-24T03:00:00,123456789+00:00",
                "2026-11-24T03:00:00.1234567891Z",
                "2026-11-24T03:00:00+19:00",
                "2026-11-24t03:00:00z"
            })
    void aTimeThatNotEveryReaderReadsIsRefused(String at) {
        var causes = ApiServer.refusal(
                () -> ApiServer.create(namespace, object("VMRestore", restore("at: \"" + at + "\""))));

        assertThat(causes).anyMatch(cause -> cause.startsWith("spec.at"));
    }

    /** A new rule without its examples fails here. */
    @Test
    void everyRuleOfEveryCrdHasARefusedExample() {
        var exemplified = new TreeSet<String>();
        refused().map(Refused::message).forEach(exemplified::add);
        refusedChanges().map(Change::message).forEach(exemplified::add);
        exemplified.add(OTHER_VM);

        assertThat(exemplified).isEqualTo(messagesOfRules());
    }

    private static Set<String> messagesOfRules() {
        var messages = new TreeSet<String>();
        ApiServer.crds()
                .forEach(crd ->
                        collect(crd.getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema(), messages));
        return messages;
    }

    private static void collect(JSONSchemaProps schema, Set<String> messages) {
        schema.getXKubernetesValidations().forEach(rule -> messages.add(rule.getMessage()));
        List<JSONSchemaProps> children = new ArrayList<>(schema.getProperties().values());
        if (schema.getItems() != null) {
            children.add(schema.getItems().getSchema());
        }
        children.forEach(child -> collect(child, messages));
    }

    private static GenericKubernetesResource object(String kind, String body) {
        var object = ApiServer.object(kind, "", body);
        object.getMetadata().setName(null);
        object.getMetadata().setGenerateName("example-");
        return object;
    }

    private static GenericKubernetesResource changed(GenericKubernetesResource before, Change change) {
        var after = ApiServer.object(change.kind(), before.getMetadata().getName(), change.after());
        after.getMetadata().setResourceVersion(before.getMetadata().getResourceVersion());
        return after;
    }
}
