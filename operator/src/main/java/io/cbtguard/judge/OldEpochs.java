package io.cbtguard.judge;

import io.cbtguard.inventory.ChangeId;
import io.cbtguard.inventory.Interval;
import io.cbtguard.judge.record.Chain;
import io.cbtguard.judge.record.Point;
import io.cbtguard.judge.record.ReadMethod;
import io.cbtguard.judge.record.Series;
import io.cbtguard.judge.record.Trust;
import io.cbtguard.judge.record.VmRecord;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether tracking that was thought to have begun anew goes on in the epoch of before: switched off and on without a stun between,
 * nothing has happened (KB 1020128 asks for one after each). What was proven by that is not proven then.
 */
final class OldEpochs {
    private OldEpochs() {}

    private record Known(String disk, Optional<String> epoch) {}

    /** Whether a disk shows an epoch that had change IDs before this. */
    static boolean show(VmRecord record, Interval since) {
        if (record.sighting() == null) {
            return false;
        }
        return record.sighting().disks().stream()
                .filter(disk -> disk.epoch().isPresent())
                .map(disk -> new Known(disk.id(), disk.epoch()))
                .anyMatch(now -> Stream.of(snapshots(record, since), baselines(record, since), points(record, since))
                        .flatMap(known -> known)
                        .anyMatch(now::equals));
    }

    private static Stream<Known> snapshots(VmRecord record, Interval since) {
        return record.snapshots().stream()
                .filter(snapshot -> snapshot.mint().isBefore(since))
                .flatMap(snapshot -> snapshot.disks().stream())
                .filter(disk -> disk.changeId() != null)
                .map(disk -> new Known(disk.id(), ChangeId.epoch(String.valueOf(disk.changeId()))));
    }

    private static Stream<Known> baselines(VmRecord record, Interval since) {
        return record.chains().stream()
                .flatMap(chain -> chain.baselines().stream())
                .filter(baseline -> baseline.mint().isBefore(since))
                .map(baseline -> new Known(baseline.disk(), ChangeId.epoch(baseline.changeId())));
    }

    private static Stream<Known> points(VmRecord record, Interval since) {
        return record.chains().stream()
                .flatMap(chain -> chain.points().stream())
                .filter(point -> point.mint() != null && point.mint().isBefore(since))
                .flatMap(point -> point.disks().stream())
                .map(disk -> new Known(disk.disk(), ChangeId.epoch(disk.changeId())));
    }

    /** Fulls that were read by tracking and trusted for the sake of that proof. */
    static VmRecord unvouched(VmRecord record, Interval since) {
        return record.mapChains(chain -> unvouched(chain, since));
    }

    private static Chain unvouched(Chain chain, Interval since) {
        return chain.withSeries(
                chain.series().stream()
                        .map(series -> new Series(series.points().stream()
                                .map(point -> restsOn(point, since)
                                        ? point.judged(Trust.Unknown, Reason.EnabledWithSnapshots.name())
                                        : point)
                                .toList()))
                        .toList(),
                chain.folded());
    }

    private static boolean restsOn(Point point, Interval since) {
        return point.trust() == Trust.Good
                && point.mint() != null
                && !point.mint().isBefore(since)
                && point.disks().stream().anyMatch(disk -> disk.read() == ReadMethod.AllocatedCbt);
    }
}
