package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.BackupType;
import io.cbtguard.api.v1alpha1.Cure;
import io.cbtguard.api.v1alpha1.DiskVerdict;
import io.cbtguard.api.v1alpha1.ProtectedVMStatus.ActiveRun;
import io.cbtguard.api.v1alpha1.ProtectedVMStatus.BaselineStatus;
import io.cbtguard.api.v1alpha1.ProtectedVMStatus.ChainStatus;
import io.cbtguard.api.v1alpha1.ProtectedVMStatus.DiskStatus;
import io.cbtguard.api.v1alpha1.ProtectedVMStatus.Evidence;
import io.cbtguard.api.v1alpha1.ProtectedVMStatus.FindingCount;
import io.cbtguard.api.v1alpha1.ProtectedVMStatus.FindingStatus;
import io.cbtguard.api.v1alpha1.ProtectedVMStatus.NextBackup;
import io.cbtguard.api.v1alpha1.ProtectedVMStatus.RestorePointStatus;
import io.cbtguard.api.v1alpha1.Trust;
import io.cbtguard.inventory.Position;
import io.cbtguard.judge.Verdict;
import io.cbtguard.judge.record.Baseline;
import io.cbtguard.judge.record.Chain;
import io.cbtguard.judge.record.Finding;
import io.cbtguard.judge.record.Point;
import io.cbtguard.judge.record.Run;
import io.cbtguard.judge.record.VmRecord;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A record and its verdict in the words of the API. Other namespaces' chains are not shown. */
final class VerdictViews {
    private static final int FINDINGS = 32;
    private static final int POINTS = 10;
    /** More than a namespace may have; a record that was written before that was so may have more. */
    private static final int CHAINS = 64;

    private static final int RUNS = 64;

    private final VmRecord record;
    private final Verdict verdict;
    private final List<Chain> own;
    private final String namespaceUid;

    VerdictViews(VmRecord record, Verdict verdict, String namespaceUid) {
        this.record = record;
        this.verdict = verdict;
        this.namespaceUid = namespaceUid;
        this.own = record.chainsOf(namespaceUid).toList();
    }

    static NextBackup next(Verdict.Next next) {
        return new NextBackup(
                BackupType.valueOf(next.type().name()),
                next.reason().name(),
                next.message(),
                next.since() == null ? null : next.since().toString());
    }

    List<ChainStatus> chains() {
        return verdict.chains().stream()
                .limit(CHAINS)
                .map(chain -> new ChainStatus(
                        chain.name(),
                        next(chain.next()),
                        chain.lastFull() == null ? null : chain.lastFull().toString(),
                        chain.lastGood() == null ? null : chain.lastGood().toString(),
                        chain.disks().stream().map(VerdictViews::disk).toList()))
                .toList();
    }

    List<FindingStatus> findings() {
        return open().limit(FINDINGS).map(VerdictViews::finding).toList();
    }

    List<FindingCount> olderFindings() {
        Map<String, Long> counts = open().skip(FINDINGS)
                .collect(Collectors.groupingBy(f -> f.reason().name(), TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .map(e -> new FindingCount(e.getKey(), e.getValue()))
                .toList();
    }

    private java.util.stream.Stream<Finding> open() {
        Map<String, Finding> byId =
                record.findings().stream().collect(Collectors.toMap(Finding::id, Function.identity(), (a, b) -> b));
        return verdict.openFindings().stream().filter(byId::containsKey).map(byId::get);
    }

    List<RestorePointStatus> restorePoints() {
        record Of(Chain chain, Point point) {}
        return own.stream()
                .flatMap(chain -> chain.points().stream().map(point -> new Of(chain, point)))
                .sorted(Comparator.comparing((Of of) -> of.point().at()).reversed())
                .limit(POINTS)
                .map(of -> point(of.chain(), of.point()))
                .toList();
    }

    List<ActiveRun> activeRuns() {
        return record.runs().stream()
                .filter(Run::open)
                .filter(run -> run.namespaceUid().equals(namespaceUid))
                .limit(RUNS)
                .map(run -> new ActiveRun(run.name(), run.uid(), run.chain()))
                .toList();
    }

    private static RestorePointStatus point(Chain chain, Point point) {
        String parent = point.disks().stream()
                .map(Point.PointDisk::parentRun)
                .filter(run -> !run.isEmpty())
                .findFirst()
                .orElse(null);
        return new RestorePointStatus(
                point.run(),
                point.runUid(),
                chain.name(),
                BackupType.valueOf(point.type().name()),
                parent,
                point.at().toString(),
                Trust.valueOf(point.trust().name()),
                point.reason());
    }

    private static DiskStatus disk(Verdict.DiskVerdict disk) {
        return new DiskStatus(
                disk.id(),
                (long) disk.key(),
                disk.label(),
                disk.capacityBytes(),
                DiskVerdict.valueOf(disk.state().name()),
                disk.reason().name(),
                disk.baseline() == null ? null : baseline(disk.baseline()));
    }

    private static BaselineStatus baseline(Baseline baseline) {
        Position minted = baseline.mint().from();
        var build = baseline.build();
        return new BaselineStatus(
                baseline.changeId(),
                minted.time().toString(),
                minted.hasKey() ? minted.key() : null,
                baseline.snapshot(),
                baseline.run(),
                build == null ? null : build.version(),
                build == null ? null : build.build());
    }

    private static FindingStatus finding(Finding finding) {
        var seen = finding.evidence();
        Evidence evidence = new Evidence(
                seen.eventKey() == 0 ? null : seen.eventKey(),
                text(seen.user()),
                text(seen.task()),
                text(seen.snapshot()),
                text(seen.oldValue()),
                text(seen.newValue()));
        return new FindingStatus(
                finding.reason().name(),
                (seen.time() == null ? finding.at().to().time() : seen.time()).toString(),
                null,
                finding.disks(),
                cure(finding.cure()),
                evidence,
                finding.message(),
                finding.remedy());
    }

    private static @Nullable Cure cure(io.cbtguard.judge.record.Cure cure) {
        return switch (cure) {
            case None -> null;
            case Full -> Cure.Full;
            case ResetThenFull -> Cure.ResetThenFull;
        };
    }

    private static @Nullable String text(String value) {
        return value.isEmpty() ? null : value;
    }
}
