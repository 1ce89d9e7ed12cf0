package io.cbtguard.explain;

import io.cbtguard.explain.Explanation.ChainStory;
import io.cbtguard.explain.Explanation.DiskFact;
import io.cbtguard.explain.Explanation.DiskStory;
import io.cbtguard.explain.Explanation.Machine;
import io.cbtguard.explain.Explanation.SnapshotFact;
import io.cbtguard.explain.Explanation.View;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.VirtualMachine;
import io.cbtguard.judge.Facts;
import io.cbtguard.judge.Verdict;
import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Baseline;
import io.cbtguard.judge.record.Residence;
import io.cbtguard.judge.record.Sighting;
import io.cbtguard.judge.record.VmRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes explanations. */
public final class Explaining {
    private Explaining() {}

    public static Explanation of(Guarded vm) {
        Case matter = vm.matter();
        if (matter == null) {
            return new Explanation(
                    vm.fullName(),
                    vm.vcenter(),
                    List.of("Nothing is known of this VM yet: " + vm.standing()),
                    null,
                    null,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of("See to it that the ProtectedVM becomes Ready; its condition says what is missing."));
        }
        Case now = matter.learned();
        Verdict verdict = now.verdict();
        Facts facts = now.facts();
        return new Explanation(
                vm.fullName(),
                vm.vcenter(),
                summary(now, verdict),
                new View(
                        facts.fresh(),
                        time(facts.through().time()),
                        facts.through().epoch(),
                        facts.through().key(),
                        time(facts.now())),
                machine(now),
                verdict.chains().stream().map(Explaining::chain).toList(),
                Causation.findings(now, verdict),
                Causation.points(now),
                toDo(now, verdict));
    }

    private static List<String> summary(Case now, Verdict verdict) {
        List<String> told = new ArrayList<>();
        Verdict.Next next = verdict.nextBackup();
        told.add(
                switch (next.type()) {
                    case Full -> "The next backup must be a full one (" + next.reason() + "). " + next.message();
                    case Incremental -> "The next backup may be incremental. " + next.message();
                    default ->
                        "It cannot be said whether an incremental would be right (" + next.reason() + "). "
                                + next.message();
                });
        told.add("CBTEnabled is " + text(verdict.cbtEnabled()));
        told.add("AtRisk is " + text(verdict.atRisk()));
        told.add(
                verdict.suspectPoints() == 0
                        ? "No restore point is Suspect."
                        : verdict.suspectPoints() + " restore points are Suspect: do not rely on them.");
        if (!now.inSight()) {
            told.add("The VM cannot be seen at the moment, or what is seen is old: nothing is trusted on that.");
        }
        return told;
    }

    private static String text(Verdict.Condition condition) {
        return condition.status() + " (" + condition.reason() + "). " + condition.message();
    }

    private static @Nullable Machine machine(Case now) {
        VmRecord record = now.record();
        Sighting seen = record.sighting();
        VirtualMachine vm = now.facts().vm();
        if (seen == null) {
            return null;
        }
        return new Machine(
                record.binding().moRef(),
                seen.name(),
                seen.powerState(),
                seen.hostName().isEmpty() ? Objects.requireNonNullElse(seen.host(), "") : seen.hostName(),
                Objects.toString(seen.build(), ""),
                seen.changeTrackingEnabled(),
                seen.disks().stream()
                        .map(d -> new DiskFact(
                                d.label(),
                                d.key(),
                                d.id(),
                                d.capacityBytes(),
                                Objects.requireNonNullElse(d.changeId(), ""),
                                d.trackability().name()))
                        .toList(),
                seen.snapshots().stream()
                        .map(s -> new SnapshotFact(s, name(vm, s), s.equals(seen.currentSnapshot())))
                        .toList(),
                pending(now),
                record.residence().stream().map(Explaining::stay).toList());
    }

    private static String name(@Nullable VirtualMachine vm, String snapshot) {
        return vm == null ? "" : vm.snapshot(snapshot).map(s -> s.name()).orElse("");
    }

    private static List<String> pending(Case now) {
        Set<String> pending = new LinkedHashSet<>();
        now.record()
                .pending()
                .forEach(p -> pending.add(p.task() + " (" + p.taskKey() + "), queued "
                        + time(p.queued().time()) + by(p.user())));
        now.facts().inFlight().stream()
                .filter(t -> !t.revert())
                .forEach(t -> pending.add(t.task() + " (" + t.key() + "), queued "
                        + time(t.queued().time()) + by(t.user())));
        return List.copyOf(pending);
    }

    static String by(String user) {
        return user.isEmpty() ? "" : " by " + user;
    }

    private static String stay(Residence stay) {
        Position to = stay.to();
        return (stay.certain() ? "ran on " : "may have run on ")
                + (stay.build() == null ? "a build that nobody knows" : stay.build())
                + " from " + time(stay.from().time())
                + (to == null ? " until now" : " to " + time(to.time()))
                + (stay.hosts().isEmpty() ? "" : ", seen on " + String.join(", ", stay.hosts()));
    }

    private static ChainStory chain(Verdict.ChainVerdict chain) {
        return new ChainStory(
                chain.name(),
                chain.next().type().name(),
                chain.next().reason().name(),
                chain.next().message(),
                time(chain.next().since()),
                time(chain.lastFull()),
                time(chain.lastGood()),
                chain.disks().stream().map(Explaining::disk).toList());
    }

    private static DiskStory disk(Verdict.DiskVerdict disk) {
        Baseline base = disk.baseline();
        return new DiskStory(
                disk.label(),
                disk.state().name(),
                disk.reason().name(),
                disk.message(),
                base == null ? "" : base.changeId(),
                base == null ? "" : baseline(base));
    }

    static String baseline(Baseline base) {
        var dead = base.dead();
        return base.changeId() + " of run " + base.run() + ", snapshot " + base.snapshot() + " minted "
                + time(base.mint().to().time())
                + (base.build() == null ? "" : " on ESXi " + base.build())
                + (dead == null ? "" : "; dead since " + time(dead.at().time()) + " (" + dead.reason() + ")");
    }

    private static List<String> toDo(Case now, Verdict verdict) {
        Set<String> todo = new LinkedHashSet<>();
        now.record().findings().stream()
                .filter(f -> verdict.openFindings().contains(f.id()))
                .forEach(f -> todo.add(f.remedy()));
        if (verdict.nextBackup().type() == BackupType.Full && todo.isEmpty()) {
            todo.add("Take a full backup.");
        }
        if (verdict.nextBackup().type() == BackupType.Unknown) {
            todo.add("Wait until the VM is seen again or the task on it has ended; "
                    + "if that does not come, look at the conditions of the VCenter.");
        }
        if (verdict.suspectPoints() > 0) {
            todo.add("Mark the Suspect restore points in the backup product, and restore from a Good one.");
        }
        return todo.isEmpty() ? List.of("Nothing; back up as planned.") : List.copyOf(todo);
    }

    static String time(@Nullable Instant time) {
        return time == null ? "" : time.toString();
    }
}
