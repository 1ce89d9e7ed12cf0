package io.cbtguard.judge;

import io.cbtguard.inventory.ChangeId;
import io.cbtguard.inventory.Disk;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Snapshot.SnapshotDisk;
import io.cbtguard.inventory.Trackability;
import io.cbtguard.judge.Committing.Objection;
import io.cbtguard.judge.Report.ReportDisk;
import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Baseline;
import io.cbtguard.judge.record.Chain;
import io.cbtguard.judge.record.Cure;
import io.cbtguard.judge.record.Evidence;
import io.cbtguard.judge.record.Finding;
import io.cbtguard.judge.record.Point.PointDisk;
import io.cbtguard.judge.record.ReadMethod;
import io.cbtguard.judge.record.Run;
import io.cbtguard.judge.record.SeenSnapshot;
import io.cbtguard.judge.record.VmRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A report held against what was seen, disk by disk.
 *
 * @param type Full if no disk was read as {@code Changed}
 * @param disks as they go into the point
 * @param baselines those that the run mints
 * @param assumed whether a disk's base is taken from the chain because the report names none
 * @param complete whether every included disk of the snapshot was reported
 * @param spoiled a cause after the mint of a full: the point stands, its baseline does not; null if none
 * @param objection why the run cannot be committed; null if it can
 * @param lostDisks disks whose base is not known
 */
record ReportReading(
        BackupType type,
        List<PointDisk> disks,
        List<Baseline> baselines,
        boolean assumed,
        boolean complete,
        @Nullable Objection spoiled,
        @Nullable Objection objection,
        List<String> lostDisks) {

    private static final String FROM_BEFORE =
            "Its snapshot was there before anything was known of this VM, so a revert or a reset since then may have gone unseen;"
                    + " ask before the next run.";

    /** Disks that no snapshot holds, whatever its configuration lists. */
    private static final Set<Trackability> OUTSIDE =
            EnumSet.of(Trackability.INDEPENDENT, Trackability.PHYSICAL_RDM, Trackability.SHARED);

    static ReportReading of(
            VmRecord record,
            Facts facts,
            Protection protection,
            Chain chain,
            Report report,
            Run run,
            Optional<SeenSnapshot> seen,
            Interval mint) {
        List<PointDisk> disks = new ArrayList<>();
        List<Baseline> baselines = new ArrayList<>();
        List<String> lost = new ArrayList<>();
        Objection objection = null;
        Objection spoiled = null;
        boolean assumed = false;
        for (ReportDisk named : report.disks()) {
            Disk disk = disk(record, facts, named).orElse(null);
            if (disk == null) {
                objection = first(
                        objection, mismatch(name(named) + " is no disk of this VM; status.decision.disks lists them."));
                continue;
            }
            Baseline base = chain.baseline(disk.id()).orElse(null);
            ReportDisk reported = protection.rules().assumeLastBase() ? Bases.assumed(named, base) : named;
            assumed |= reported != named;
            String frozen = seen.isPresent() ? frozen(seen.get(), disk) : emptyToNull(reported.changeId());
            objection = first(objection, compare(disk, reported, frozen, seen.isPresent()));
            if (reported.read() == ReadMethod.Changed) {
                Objection against = Bases.objection(disk, reported, base, frozen, mint);
                if (against != null && against.reason() == Reason.BaseUnknown) {
                    lost.add(disk.id());
                }
                objection = first(objection, against);
            }
            disks.add(new PointDisk(
                    disk.id(),
                    reported.read(),
                    reported.read() == ReadMethod.Changed ? reported.baseRun() : "",
                    reported.read() == ReadMethod.Changed ? reported.baseChangeId() : "",
                    reported.read() == ReadMethod.Changed && base != null ? base.mint() : null,
                    frozen == null ? "" : frozen));
            if (frozen != null && ChangeId.isWhole(frozen) && disk.trackable()) {
                Optional<Finding> killer = Kills.killer(record, disk.id(), frozen, mint, protection);
                if (isFromBefore(mint)) {
                    spoiled = first(spoiled, new Objection(Reason.CauseDuringRun, FROM_BEFORE));
                } else if (killer.isPresent()) {
                    spoiled = first(
                            spoiled,
                            new Objection(Reason.CauseDuringRun, killer.get().message()));
                } else {
                    baselines.add(baseline(disk, frozen, mint, report, run, seen));
                }
            }
        }
        return new ReportReading(
                type(report),
                disks,
                baselines,
                assumed,
                complete(record, facts, protection, seen, disks),
                spoiled,
                objection,
                lost);
    }

    /** What happened to the VM before the record began is not known: nothing from then is a baseline. */
    private static boolean isFromBefore(Interval mint) {
        return mint.from().time().equals(Instant.EPOCH);
    }

    boolean baseUnknown() {
        return !lostDisks.isEmpty();
    }

    boolean reads(String disk) {
        return disks.stream().anyMatch(d -> d.disk().equals(disk));
    }

    Finding baseUnknownFinding(Run run, Facts facts) {
        return new Finding(
                Reason.BaseUnknown + "@" + run.uid(),
                Reason.BaseUnknown,
                Interval.at(facts.through()),
                lostDisks,
                Cure.Full,
                null,
                Evidence.ofChange(facts.now(), "", run.name()),
                "Run " + run.name()
                        + " is an incremental whose base is no baseline of this chain, so nobody can tell what it"
                        + " builds on.",
                "Take a full backup, and let the tool report baseRun and baseChangeId as the decision named them.");
    }

    static BackupType type(Report report) {
        if (report.disks().isEmpty()) {
            return BackupType.Unknown;
        }
        boolean changed = report.disks().stream().anyMatch(d -> d.read() == ReadMethod.Changed);
        return changed ? BackupType.Incremental : BackupType.Full;
    }

    /** So many disks of a report that names others than the VM's are remembered as it says. */
    private static final int STRANGERS = 8;

    /** What a report claims, for a point that is not committed. */
    static List<PointDisk> claimed(VmRecord record, Facts facts, Chain chain, Report report) {
        List<ReportDisk> own = report.disks().stream()
                .filter(d -> disk(record, facts, d).isPresent())
                .toList();
        Stream<ReportDisk> strangers = report.disks().stream()
                .filter(d -> disk(record, facts, d).isEmpty())
                .limit(STRANGERS);
        return Stream.concat(own.stream(), strangers)
                .map(d -> {
                    String id = disk(record, facts, d).map(Disk::id).orElse(d.id());
                    Interval base = chain.baseline(id)
                            .filter(b -> b.changeId().equals(d.baseChangeId()))
                            .map(Baseline::mint)
                            .orElse(null);
                    return new PointDisk(id, d.read(), d.baseRun(), d.baseChangeId(), base, d.changeId());
                })
                .toList();
    }

    private static @Nullable Objection compare(Disk disk, ReportDisk reported, @Nullable String frozen, boolean seen) {
        if (!seen || reported.changeId().equals(frozen == null ? "" : frozen)) {
            return null;
        }
        String said = reported.changeId().isEmpty() ? "no change ID" : reported.changeId();
        return mismatch("For " + disk.label() + " the report says " + said + ", but the snapshot froze "
                + (frozen == null ? "none" : frozen)
                + "; report the change ID of the snapshot's own configuration.");
    }

    private static Baseline baseline(
            Disk disk, String changeId, Interval mint, Report report, Run run, Optional<SeenSnapshot> seen) {
        return new Baseline(
                disk.id(),
                disk.objectId(),
                disk.key(),
                disk.label(),
                disk.capacityBytes(),
                changeId,
                mint,
                report.snapshot(),
                seen.map(SeenSnapshot::build).orElse(null),
                run.name(),
                run.uid(),
                null);
    }

    /** Whether every included disk that the snapshot holds was reported, and at least one. */
    private static boolean complete(
            VmRecord record, Facts facts, Protection protection, Optional<SeenSnapshot> seen, List<PointDisk> read) {
        List<Disk> present = Assessing.disks(record, facts);
        Stream<String> held = seen.isPresent()
                ? seen.get().disks().stream().map(SnapshotDisk::id)
                : present.stream().map(Disk::id);
        return !read.isEmpty()
                && held.filter(id -> mustBeRead(id, present, protection))
                        .allMatch(id -> read.stream().anyMatch(p -> p.disk().equals(id)));
    }

    private static boolean mustBeRead(String id, List<Disk> present, Protection protection) {
        Optional<Disk> disk = present.stream().filter(d -> d.id().equals(id)).findFirst();
        boolean excluded = protection.exclude().contains(id)
                || disk.filter(d -> protection.exclude().contains(d.label())).isPresent();
        boolean outside = disk.filter(d -> OUTSIDE.contains(d.trackability())).isPresent();
        return !excluded && !outside;
    }

    private static Optional<Disk> disk(VmRecord record, Facts facts, ReportDisk reported) {
        return Assessing.disks(record, facts).stream()
                .filter(d -> reported.id().isEmpty()
                        ? reported.key() != null && reported.key() == d.key()
                        : reported.id().equals(d.id()))
                .findFirst();
    }

    private static @Nullable String frozen(SeenSnapshot seen, Disk disk) {
        return seen.disks().stream()
                .filter(d -> d.id().equals(disk.id()))
                .findFirst()
                .map(SnapshotDisk::changeId)
                .orElse(null);
    }

    private static @Nullable Objection first(@Nullable Objection known, @Nullable Objection next) {
        return known != null ? known : next;
    }

    private static Objection mismatch(String message) {
        return new Objection(Reason.ReportMismatch, message);
    }

    private static String name(ReportDisk disk) {
        return disk.id().isEmpty() ? "Disk with key " + disk.key() : "Disk " + disk.id();
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
