package io.cbtguard.testkit.demo;

import io.cbtguard.api.v1alpha1.ProtectedVMStatus;
import io.cbtguard.api.v1alpha1.VMBackupStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The story: full, incremental, somebody reverts a snapshot, ForceFull, an incremental is refused, a full clears it, a host is
 * upgraded, ForceFull again, and a bulletin about the old build turns a restore point of the past suspect. Every step fails loudly if what it expects does not come.
 */
final class Story {
    private static final String ALICE = SimulatedVcenter.ALICE;
    private static final String VM = QuickStart.VM;
    private static final String ADVISORY = "demo-made-up";
    private static final String PATCH = "before-patch";
    private static final String NAMESPACE = QuickStart.NAMESPACE;

    private final Estate estate;
    private final Narrator narrator;
    private final GuardedVm guarded;
    private final BackupTool tool;
    private final VimSession alice;
    private final Scrape scrape;

    private Story(Estate estate, Narrator narrator, GuardedVm guarded, VimSession backup, VimSession alice) {
        this.estate = estate;
        this.narrator = narrator;
        this.guarded = guarded;
        this.tool = new BackupTool(estate.kubectl(), backup, NAMESPACE);
        this.alice = alice;
        this.scrape = new Scrape(estate.metrics());
    }

    static void play(Estate estate, Narrator narrator) {
        try (var client = estate.cluster().adminClient();
                var guarded = GuardedVm.watch(client, NAMESPACE, VM);
                var backup = estate.vcenter().login();
                var alice = estate.vcenter().login(ALICE)) {
            new Story(estate, narrator, guarded, backup, alice).play();
        }
    }

    private void play() {
        var bound = guarded.await("Ready", "True", null).status();
        String vm = Objects.requireNonNull(
                Objects.requireNonNull(bound.vm(), "status.vm").moRef());
        beginning();
        full("The first backup has to be a full one", vm, "web-01-0001", "NoBaseline");
        String snapshot = snapshotByAlice(vm);
        incremental(vm);
        revert(snapshot);
        refusal();
        full("A full backup clears it", vm, "web-01-0004", "SnapshotReverted");
        hostUpgrade(vm);
        advisory();
        narrator.theEnd();
    }

    private void beginning() {
        narrator.step("A VM under guard that nobody has backed up yet");
        guarded.await("ForceFull", "True", "NoBaseline");
        table();
    }

    private void full(String title, String vm, String run, String reason) {
        narrator.step(title);
        var decision = ask(run, "Auto");
        expect("the decision", "Full " + reason, decision.type() + " " + decision.reason());
        back(run, vm, decision);
        guarded.await("ForceFull", "False", null);
        table();
        noMetric();
    }

    private String snapshotByAlice(String vm) {
        narrator.step("Alice takes a snapshot before she patches");
        String snapshot = alice.createSnapshot(vm, PATCH);
        narrator.say("%s made \"before-patch\" (%s); the guest goes on writing".formatted(ALICE, snapshot));
        write(vm, 1 << 20, 192 << 10);
        return snapshot;
    }

    private void incremental(String vm) {
        narrator.step("The next backup may be an incremental");
        var decision = ask("web-01-0002", "Auto");
        expect("the decision", "Incremental", decision.type().toString());
        for (var disk : decision.disks()) {
            narrator.say(
                    "  %s: changes since %s, on top of %s".formatted(disk.label(), disk.changeId(), disk.baseRun()));
        }
        back("web-01-0002", vm, decision);
        table();
    }

    private void revert(String snapshot) {
        narrator.step("The patch fails: Alice reverts the VM to \"before-patch\"");
        var task = alice.revertToSnapshot(snapshot);
        Instant done = Instant.now();
        narrator.say("task %s ended at %s".formatted(task.getDescriptionId(), task.getCompleteTime()));
        var seen = guarded.await("ForceFull", "True", "SnapshotReverted");
        narrator.say("ForceFull=True, SnapshotReverted, %s after the task".formatted(after(done, seen)));
        var evidence = evidence(seen.status(), "SnapshotReverted");
        expect("the user in the evidence", ALICE, String.valueOf(evidence.user()));
        expect("the snapshot in the evidence", PATCH, String.valueOf(evidence.snapshot()));
        table();
        metric("SnapshotReverted");
    }

    private void refusal() {
        narrator.step("A tool that insists on an incremental is refused");
        var decision = ask("web-01-0003", "Incremental");
        expect("the decision", "Refused SnapshotReverted", decision.type() + " " + decision.reason());
        estate.kubectl()
                .run("wait", "vmbackup/web-01-0003", "-n", NAMESPACE, "--for=condition=Complete", "--timeout=10s");
        runs();
    }

    private void hostUpgrade(String vm) {
        narrator.step("The host of the VM is upgraded");
        String host = alice.hostOf(vm);
        estate.vcenter().post("/hosts/" + host + "/build", Map.of("version", "8.0.3", "build", 24414501));
        Instant done = Instant.now();
        narrator.say("%s now runs ESXi 8.0.3 build 24414501".formatted(host));
        var seen = guarded.await("ForceFull", "True", "HostUpgraded");
        narrator.say("ForceFull=True, HostUpgraded, %s after it".formatted(after(done, seen)));
        evidence(seen.status(), "HostUpgraded");
        table();
        metric("HostUpgraded");
        runs();
    }

    /** The bulletin is made up; the builds are those that the simulated hosts have run. */
    private void advisory() {
        narrator.step("A bulletin says that the host's former build lost changed blocks");
        Instant applied = Instant.now();
        estate.kubectl().apply("""
                apiVersion: cbtguard.io/v1alpha1
                kind: CBTAdvisory
                metadata: {name: %s}
                spec:
                  title: Made up for this demo
                  trigger: HostBuild
                  affected: [{version: 8.0.3, minBuild: 24022510, fixedBuild: 24414501}]
                  remedy: Take a full backup on a fixed build.
                """.formatted(ADVISORY));
        var seen = guarded.await(
                "a Suspect restore point",
                s -> Objects.requireNonNullElse(s.status().suspectRestorePoints(), 0L) > 0);
        narrator.say("a restore point is Suspect, %s after it".formatted(after(applied, seen)));
        for (var point : seen.status().restorePoints()) {
            narrator.say("  %s (%s): %s, %s".formatted(point.run(), point.type(), point.trust(), point.reason()));
        }
        expect("the trust of the incremental on that build", "Suspect AffectedHostBuild", trust(seen, "web-01-0002"));
        expect("the trust of the full on that build", "Good Trusted", trust(seen, "web-01-0004"));
        Estate.awaitSoon("the advisory's count", () -> estate.kubectl()
                .run("get", "cbtadvisory", ADVISORY, "-o=jsonpath={.status.suspectRestorePoints}")
                .equals("1"));
        show("get", "cbtadvisory");
        table();
    }

    private static String trust(GuardedVm.Seen seen, String run) {
        return seen.status().restorePoints().stream()
                .filter(point -> run.equals(point.run()))
                .map(point -> point.trust() + " " + point.reason())
                .findFirst()
                .orElse("none");
    }

    private VMBackupStatus.Decision ask(String run, String type) {
        Instant asked = Instant.now();
        var decision = tool.ask(run, VM, type);
        narrator.say("%s (%s): decided %s, %s, after %s"
                .formatted(run, type, decision.type(), decision.reason(), since(asked)));
        if (decision.message() != null) {
            narrator.say("  " + decision.message());
        }
        return decision;
    }

    private void back(String run, String vm, VMBackupStatus.Decision decision) {
        var done = tool.back(run, vm, decision);
        narrator.say("%s: %s, trust %s, %,d bytes"
                .formatted(run, done.status().phase(), done.status().trust(), done.bytes()));
        expect("the run's phase", "Committed", String.valueOf(done.status().phase()));
        expect("its trust", "Good", String.valueOf(done.status().trust()));
    }

    private ProtectedVMStatus.Evidence evidence(ProtectedVMStatus status, String reason) {
        var finding = status.findings().stream()
                .filter(f -> f.reason().equals(reason))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no finding " + reason + " in " + status.findings()));
        var evidence = Objects.requireNonNull(finding.evidence(), "evidence");
        narrator.say("reason:   " + finding.message());
        narrator.say("evidence: " + text(finding.at(), evidence));
        narrator.say("remedy:   " + finding.remedy());
        if (evidence.eventKey() == null) {
            throw new IllegalStateException("no event key in the evidence of " + reason + ": " + evidence);
        }
        return evidence;
    }

    private static String text(@Nullable String at, ProtectedVMStatus.Evidence evidence) {
        var known = new LinkedHashMap<String, @Nullable Object>();
        known.put("event", evidence.eventKey());
        known.put("at", at);
        known.put("user", evidence.user());
        known.put("task", evidence.task());
        known.put("snapshot", evidence.snapshot());
        known.put("before", evidence.oldValue());
        known.put("after", evidence.newValue());
        return known.entrySet().stream()
                .filter(e -> e.getValue() != null)
                .map(e -> e.getKey() + " " + e.getValue())
                .collect(Collectors.joining(", "));
    }

    private void table() {
        show("get", "protectedvm", VM, "-n", NAMESPACE);
    }

    private void runs() {
        show("get", "vmbackup", "-n", NAMESPACE);
    }

    private void show(String... command) {
        narrator.shown(Kubectl.shown(command), estate.kubectl().run(command));
    }

    private void metric(String reason) {
        String[] labels = {"vm_name=\"" + VM + "\"", "reason=\"" + reason + "\""};
        Estate.awaitSoon("metric", () -> !forceFull(labels).isEmpty());
        forceFull(labels).forEach(line -> narrator.say("metric:   " + line));
    }

    private void noMetric() {
        Estate.awaitSoon("no metric", () -> forceFull("vm_name=\"" + VM + "\"").isEmpty());
        narrator.say("metric:   no series cbtguard_vm_force_full for " + VM);
    }

    private List<String> forceFull(String... labels) {
        return scrape.lines("cbtguard_vm_force_full", labels);
    }

    private void write(String vm, long offset, long length) {
        estate.vcenter().post("/vms/" + vm + "/write", Map.of("offset", offset, "length", length));
    }

    private static void expect(String what, String expected, String seen) {
        if (!expected.equals(seen)) {
            throw new IllegalStateException("expected " + what + " to be " + expected + ", but it is " + seen);
        }
    }

    /** What arrived before we knew of the end of what caused it took no time that anybody could notice. */
    private static String after(Instant done, GuardedVm.Seen seen) {
        return Progress.seconds(seen.at().isBefore(done) ? Duration.ZERO : Duration.between(done, seen.at()));
    }

    private static String since(Instant then) {
        return Progress.seconds(Duration.between(then, Instant.now()));
    }
}
