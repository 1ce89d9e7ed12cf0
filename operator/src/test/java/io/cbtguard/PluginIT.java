package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.Shell.Said;
import io.cbtguard.testkit.process.Checkout;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kubectl with the plugin in its PATH, and the hook on top of it, asked as people and backup tools would, of the live operator. */
@Tag("cluster")
@Tag("simulator")
class PluginIT {
    private static final int FULL = 0;
    private static final int INCREMENTAL = 10;
    private static final int REFUSED = 11;
    private static final int NO_ANSWER = 12;
    private static final int NOT_COMMITTED = 13;
    private static final int NOT_GOOD = 14;

    private final GuardedEstate estate = GuardedEstate.up();
    private final String shop = estate.bed.shop;

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    private Path state;

    @AfterEach
    void down() {
        estate.close();
    }

    @Test
    void aToolBacksUpByThePluginAndARevertIsShownAndExplained() {
        estate.awaitForceFull("True", "NoBaseline");
        assertThat(columns(plugin("status"), Estate.PROTECTED))
                .containsExactly(Estate.PROTECTED, GuardedEstate.VM, "Full", "NoBaseline", riskNow(), "0", "never");

        Said full = decide("--run", "first", "--chain", "nightly", "--timeout", "60s");
        assertThat(full.exit()).as("%s", full).isEqualTo(FULL);
        assertThat(full.one("run")).isEqualTo("first");
        assertThat(full.one("type")).isEqualTo("Full");
        assertThat(full.one("reason")).isEqualTo("NoBaseline");
        assertThat(full.all("disk")).allSatisfy(disk -> {
            assertThat(disk).hasSize(6);
            assertThat(disk.subList(1, 4)).containsExactly("Full", "-", "-");
            assertThat(disk.get(5)).startsWith("Hard disk");
        });
        Said again = decide("--run", "first", "--chain", "nightly", "--timeout", "60s");
        assertThat(again.out()).as("asked again, the same answer").isEqualTo(full.out());
        assertThat(decide("--run", "first", "--chain", "weekly"))
                .satisfies(other -> assertThat(other.exit()).isEqualTo(1))
                .satisfies(other -> assertThat(other.err()).contains("for another request", "nightly"));

        Estate.Taken one = estate.takeSnapshot();
        Said committed =
                report("first", one, "read=All", "--location", "s3://a \"bucket\"\\web", "--message", "all read");
        assertThat(committed.exit()).as("%s", committed).isZero();
        assertThat(committed.one("phase")).isEqualTo("Committed");
        assertThat(committed.one("trust")).isEqualTo("Good");
        assertThat(Objects.requireNonNull(estate.bed.backup("first").getSpec().report())
                        .location())
                .isEqualTo("s3://a \"bucket\"\\web");
        estate.removeSnapshot(one.moRef());
        assertThat(decide("--run", "first", "--chain", "nightly").err()).contains("reported already");

        Said incremental = decide("--chain", "nightly", "--timeout", "60s");
        assertThat(incremental.exit()).as("%s", incremental).isEqualTo(INCREMENTAL);
        assertThat(incremental.all("disk")).allSatisfy(disk -> {
            assertThat(disk.subList(1, 3)).containsExactly("Incremental", "first");
            assertThat(disk.get(3)).isEqualTo(one.changeIds().get(Integer.valueOf(disk.getFirst())));
        });
        String second = incremental.one("run");
        assertThat(second).startsWith(Estate.PROTECTED + "-20");
        Estate.Taken two = estate.takeSnapshot();
        assertThat(report(second, two, "read=Changed,base=decision,bytes=4096"))
                .satisfies(said -> assertThat(said.exit()).as("%s", said).isZero());
        var disk = Objects.requireNonNull(estate.bed.backup(second).getSpec().report())
                .disks()
                .getFirst();
        assertThat(disk.baseRun()).isEqualTo("first");
        assertThat(disk.baseChangeId())
                .isEqualTo(
                        one.changeIds().get(Objects.requireNonNull(disk.key()).intValue()));
        estate.removeSnapshot(two.moRef());

        estate.simulator.vms().snapshot(GuardedEstate.VM, "before patch");
        estate.simulator.vms().as("VSPHERE.LOCAL\\alice").revert(GuardedEstate.VM, "before patch");
        estate.awaitForceFull("True", "SnapshotReverted");

        assertThat(columns(plugin("status"), Estate.PROTECTED)).contains("Full", "SnapshotReverted", "0");
        assertThat(plugin("status").err()).contains("VMs: 1; must be full: 1, unknown: 0");
        assertThat(columns(plugin("status", "-A"), shop)).startsWith(shop, Estate.PROTECTED, GuardedEstate.VM);
        revertIsExplained();

        Said refused = decide("--type", "Incremental", "--chain", "nightly", "--timeout", "60s");
        assertThat(refused.exit()).as("%s", refused).isEqualTo(REFUSED);
        assertThat(refused.one("reason")).isEqualTo("SnapshotReverted");
        assertThat(refused.one("token")).isEqualTo("-");
        assertThat(refused.err()).contains("Refused: ");
        Said untold = plugin("report", refused.one("run"), "--failed");
        assertThat(untold.exit()).isEqualTo(1);
        assertThat(untold.err()).contains("has no token");
    }

    private void revertIsExplained() {
        var finding = estate.vm().getStatus().findings().getFirst();
        long event = Objects.requireNonNull(
                Objects.requireNonNull(finding.evidence()).eventKey());

        Said why = plugin("explain", Estate.PROTECTED);

        assertThat(why.exit()).as("%s", why).isZero();
        assertThat(why.out())
                .contains(
                        Estate.PROTECTED + ": VM " + GuardedEstate.VM,
                        "Next backup: Full, SnapshotReverted",
                        "  SnapshotReverted, ",
                        "evidence: event " + event
                                + " by VSPHERE.LOCAL\\alice (vm.Snapshot.revert), snapshot before patch",
                        "remedy: " + finding.remedy(),
                        "docs/reasons.md#snapshotreverted",
                        "  Good    ")
                .doesNotContain("<no value>", "\"");
        assertThat(why.out().lines().filter(line -> line.startsWith("  ForceFull ")))
                .singleElement()
                .asString()
                .contains("True", "SnapshotReverted: ");
        assertThat(anchors()).contains("snapshotreverted");
        assertThat(why.out()).as("no operator's pod to forward a port to").doesNotContain("port-forward");
        HasMetadata deployment = estate.bed.apply(estate.bed.own, """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: guard, labels: {app.kubernetes.io/name: cbtguard}}
                spec:
                  replicas: 0
                  selector: {matchLabels: {app: guard}}
                  template:
                    metadata: {labels: {app: guard}}
                    spec: {containers: [{name: operator, image: cbtguard}]}
                """);
        assertThat(plugin("explain", Estate.PROTECTED).out())
                .contains(
                        "kubectl -n " + estate.bed.own + " port-forward deployment/guard 8081",
                        "curl http://127.0.0.1:8081/explain/" + shop + "/" + Estate.PROTECTED);
        estate.bed.admin.resource(deployment).delete();
    }

    @Test
    void aReportFromAFileIsJudgedAndOneThatCannotBeTrustedIsNoSuccess() throws IOException {
        estate.awaitForceFull("True", "NoBaseline");
        assertThat(decide("--run", "by-file", "--timeout", "60s").exit()).isEqualTo(FULL);
        Estate.Taken taken = estate.takeSnapshot();
        Path file = state.resolve("report.yaml");
        // the example that people copy, with what their tool knows in it
        var example = Files.readString(Checkout.root().resolve("examples/backup/report.yaml"));
        String disks = String.join(
                "\n",
                taken.changeIds().entrySet().stream()
                        .map(e -> "    - {key: %d, read: All, changeId: '%s'}".formatted(e.getKey(), e.getValue()))
                        .toList());
        Files.writeString(
                file,
                example.replace("put-the-token-here", token("by-file"))
                                .replace("snapshot-77", taken.moRef())
                                .replaceAll("(?s)    - key: 2000.*", "")
                        + disks + "\n");

        Said said = plugin("report", "by-file", "--file", file.toString(), "--timeout=60s");

        assertThat(said.exit()).as("%s", said).isZero();
        assertThat(said.one("phase")).isEqualTo("Committed");
        estate.removeSnapshot(taken.moRef());

        decide("--run", "mine", "--timeout", "60s");
        Said stolen = report("mine", estate.takeSnapshot(), "read=All", "--token", "not-the-token");
        assertThat(stolen.exit()).as("%s", stolen).isEqualTo(NOT_COMMITTED);
        assertThat(stolen.one("reason")).isEqualTo("TokenMismatch");

        assertThat(decide("--run", "partial", "--type", "Full", "--timeout", "60s")
                        .exit())
                .isEqualTo(FULL);
        Estate.Taken some = estate.takeSnapshot();
        assertThat(some.changeIds()).hasSizeGreaterThan(1);
        Said partial = plugin("report", "partial", "--snapshot", some.moRef(), "--disk", disk(some, "read=All"));
        assertThat(partial.exit()).as("a disk is left out: %s", partial).isEqualTo(NOT_GOOD);
        assertThat(partial.one("phase")).isEqualTo("Committed");
        assertThat(partial.one("trust")).isEqualTo("Unknown");

        assertThat(decide("--run", "broken", "--timeout", "60s").exit()).isIn(FULL, INCREMENTAL);
        Said failed = plugin("report", "broken", "--failed", "--message", "disk full");
        assertThat(failed.exit()).as("%s", failed).isZero();
        assertThat(failed.one("phase")).isEqualTo("Failed");
    }

    @Test
    void withoutAnAnswerInTimeNoBackupIsAllowed() {
        estate.awaitForceFull("True", "NoBaseline");
        estate.bed.stopOperator();

        Said late = decide("--run", "late", "--timeout", "2s");

        assertThat(late.exit()).as("%s", late).isEqualTo(NO_ANSWER);
        assertThat(late.one("type")).isEqualTo("None");
        assertThat(late.err()).contains("take no backup");

        estate.bed.startOperator();
        estate.bed.awaitBackup("late", "Complete", "True", "DecisionDeadline");
        assertThat(decide("--run", "late", "--timeout", "2s").exit())
                .as("the deadline has passed")
                .isEqualTo(NO_ANSWER);
    }

    @Test
    void wrongUsageIsTwoAndSaysWhatIsRight() {
        usage(List.of("decide"), "which VM");
        usage(List.of("decide", "web", "db"), "one VM");
        usage(List.of("decide", "Web 01"), "no name of a Kubernetes object");
        usage(List.of("decide", "web\", \"x\": \""), "no name of a Kubernetes object");
        usage(List.of("decide", "web", "--type", "Partial"), "Auto, Full or Incremental");
        usage(List.of("decide", "web", "--timeout", "5 minutes"), "90s or 15m");
        usage(List.of("decide", "web", "--chain", "a b"), "no name of a chain");
        usage(List.of("decide", "web", "--run"), "needs a value");
        usage(List.of("decide", "web", "--full"), "unknown option --full");
        usage(List.of("report"), "which run");
        usage(List.of("report", "run"), "--snapshot and each --disk");
        usage(List.of("report", "run", "--file", "/nowhere"), "cannot read /nowhere");
        usage(List.of("report", "run", "--file", "/dev/null", "--failed"), "--file says all");
        usage(disk("key=2000"), "lacks read=");
        usage(disk("read=All"), "neither key= nor id=");
        usage(disk("key=two,read=All"), "key is a number");
        usage(disk("key=2000,read=Everything"), "read is All, Allocated");
        usage(disk("key=2000,read=Changed,base=last"), "base is 'decision'");
        usage(disk("key=2000,read=All,color=red"), "there is no 'color'");
        usage(List.of("explain"), "which VM");
        usage(List.of("status", "--all"), "unknown");
        usage(List.of("restore"), "there is no command 'restore'");
        assertThat(plugin("--help").out()).contains("Exit codes", "10 Incremental");

        Said nobody = plugin("decide", "nobody");
        assertThat(nobody.exit()).isEqualTo(1);
        assertThat(nobody.err()).contains("\"nobody\" not found", "ProtectedVMs here: " + Estate.PROTECTED);
        assertThat(new Shell(Map.of("KUBECTL", "no-kubectl"))
                        .run("kubectl-cbtguard", "status")
                        .err())
                .contains("there is no no-kubectl");
    }

    @Test
    void theHookCarriesARunFromBeforeToAfterTheJob() throws IOException {
        estate.awaitForceFull("True", "NoBaseline");
        Shell shell = new Shell(
                Map.of("CBTGUARD_STATE", state.toString(), "CBTGUARD_NAMESPACE", shop, "CBTGUARD_TIMEOUT", "60s"));

        Said before = shell.run("cbtguard-hook.sh", "pre", Estate.PROTECTED);
        assertThat(before.exit()).as("%s", before).isZero();
        assertThat(before.one("type")).isEqualTo("Full");
        Estate.Taken taken = estate.takeSnapshot();
        assertThat(shell.run("cbtguard-hook.sh", "post", Estate.PROTECTED, "--snapshot")
                        .exit())
                .as("said wrongly, it can be said again")
                .isEqualTo(2);
        Said after = shell.run(reporting("cbtguard-hook.sh", "post", Estate.PROTECTED, taken, "read=All"));
        assertThat(after.exit()).as("%s", after).isZero();
        assertThat(after.one("run")).isEqualTo(before.one("run"));
        assertThat(after.one("phase")).isEqualTo("Committed");
        estate.removeSnapshot(taken.moRef());
        estate.awaitForceFull("False", "NotNeeded");
        assertThat(shell.run("cbtguard-hook.sh", "post", Estate.PROTECTED, "--failed")
                        .err())
                .contains("was there a pre?");

        Said abandoned = shell.run("cbtguard-hook.sh", "pre", Estate.PROTECTED);
        assertThat(abandoned.exit())
                .as("Incremental is a go too: %s", abandoned)
                .isZero();
        assertThat(abandoned.one("type")).isEqualTo("Incremental");
        Said next = shell.run("cbtguard-hook.sh", "pre", Estate.PROTECTED);
        assertThat(next.exit()).as("%s", next).isZero();
        assertThat(next.one("run")).isNotEqualTo(abandoned.one("run"));
        assertThat(GuardedEstate.phase(estate.bed.backup(abandoned.one("run")))).isEqualTo("Failed");
        assertThat(shell.run("cbtguard-hook.sh", "post", Estate.PROTECTED, "--failed")
                        .exit())
                .isZero();

        estate.simulator.vms().snapshot(GuardedEstate.VM, "before patch");
        estate.simulator.vms().revert(GuardedEstate.VM, "before patch");
        estate.awaitForceFull("True", "SnapshotReverted");
        Shell strict = new Shell(
                Map.of("CBTGUARD_STATE", state.toString(), "CBTGUARD_NAMESPACE", shop, "CBTGUARD_TYPE", "Incremental"));
        Said refused = strict.run("cbtguard-hook.sh", "pre", Estate.PROTECTED);
        assertThat(refused.exit()).as("%s", refused).isEqualTo(REFUSED);
        assertThat(refused.one("reason")).isEqualTo("SnapshotReverted");
        assertThat(new Shell(Map.of()).run("cbtguard-hook.sh", "restore", "web").exit())
                .isEqualTo(2);
    }

    private void usage(List<String> arguments, String says) {
        Said said = plugin(arguments.toArray(String[]::new));
        assertThat(said.err()).as("%s", arguments).contains(says);
        assertThat(said.exit()).as("%s: %s", arguments, said).isEqualTo(2);
        assertThat(said.out()).isEmpty();
    }

    private static List<String> disk(String description) {
        return List.of("report", "run", "--snapshot", "snapshot-1", "--token", "t", "--disk", description);
    }

    private static String disk(Estate.Taken taken, String how) {
        var disk = taken.changeIds().entrySet().iterator().next();
        return "key=" + disk.getKey() + ",changeId=" + disk.getValue() + "," + how;
    }

    private Said decide(String... options) {
        var command = new ArrayList<>(List.of("decide", Estate.PROTECTED));
        command.addAll(List.of(options));
        return plugin(command.toArray(String[]::new));
    }

    private Said report(String run, Estate.Taken taken, String how, String... options) {
        var command = new ArrayList<>(List.of(reporting("kubectl", "cbtguard", "report", "-n", shop, run, taken, how)));
        command.addAll(List.of(options));
        return new Shell(Map.of()).run(command.toArray(String[]::new));
    }

    /** A command line that ends with a report of every disk; what is given as last but two is the snapshot taken. */
    private static String[] reporting(Object... parts) {
        var command = new ArrayList<String>();
        for (int i = 0; i < parts.length - 2; i++) {
            command.add((String) parts[i]);
        }
        Estate.Taken taken = (Estate.Taken) parts[parts.length - 2];
        command.addAll(List.of("--snapshot", taken.moRef()));
        taken.changeIds()
                .forEach((key, changeId) -> command.addAll(
                        List.of("--disk", "key=%d,changeId=%s,%s".formatted(key, changeId, parts[parts.length - 1]))));
        return command.toArray(String[]::new);
    }

    private Said plugin(String... arguments) {
        var command = new ArrayList<>(List.of("kubectl", "cbtguard", "-n", shop));
        command.addAll(List.of(arguments));
        return new Shell(Map.of()).run(command.toArray(String[]::new));
    }

    private String token(String run) {
        return Objects.requireNonNull(
                Objects.requireNonNull(estate.bed.backup(run).getStatus().decision())
                        .token());
    }

    private String riskNow() {
        return GuardBed.condition(estate.vm(), "AtRisk").orElseThrow().getStatus();
    }

    /** The cells of the one row that begins so. */
    private static List<String> columns(Said table, String first) {
        assertThat(table.exit()).as("%s", table).isZero();
        return table.out()
                .lines()
                .map(line -> List.of(line.split(" {2,}")))
                .filter(cells -> cells.getFirst().equals(first))
                .findFirst()
                .orElseThrow(() -> new AssertionError(table.toString()));
    }

    private static List<String> anchors() {
        try {
            return Files.readAllLines(Checkout.root().resolve("docs/reasons.md")).stream()
                    .filter(line -> line.startsWith("### "))
                    .map(line -> line.substring(4).toLowerCase(Locale.ROOT))
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
