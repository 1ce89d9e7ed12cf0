package io.cbtguard.model;

import io.cbtguard.judge.record.Chain;
import io.cbtguard.judge.record.Point;
import io.cbtguard.judge.record.Point.PointDisk;
import io.cbtguard.judge.record.Trust;
import io.cbtguard.judge.record.VmRecord;
import io.cbtguard.model.RunData.DiskData;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Restores every point that the record calls Good, block by block, and compares it with the disk at its mint. */
final class Checker {
    private final Map<String, RunData> repository;
    private final Set<String> found = new HashSet<>();

    Checker(Map<String, RunData> repository) {
        this.repository = repository;
    }

    Optional<String> wrong(VmRecord record) {
        for (Chain chain : record.chains()) {
            for (Point point : chain.points()) {
                if (point.trust() == Trust.Good) {
                    Optional<String> wrong = wrong(point);
                    if (wrong.isPresent()) {
                        return wrong;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> wrong(Point point) {
        RunData data = repository.get(point.run());
        if (data == null) {
            return Optional.of("point " + point.run() + " is Good and was never taken");
        }
        for (PointDisk disk : point.disks()) {
            DiskData restored = data.disks().get(disk.disk());
            if (restored == null || !restored.faithful()) {
                return Optional.of("point " + point.run() + " is Good, but " + disk.disk() + " differs from the truth");
            }
        }
        return Optional.empty();
    }

    /** Counts the points that history holds at the end. */
    void count(VmRecord record, String policy, Tally tally) {
        for (Chain chain : record.chains()) {
            for (Point point : chain.points()) {
                RunData data = repository.get(point.run());
                boolean faithful = data != null
                        && point.disks().stream().allMatch(d -> {
                            DiskData restored = data.disks().get(d.disk());
                            return restored != null && restored.faithful();
                        });
                tally.count("point " + policy + " " + point.trust() + (faithful ? " faithful" : " wrong"));
                if (found.add(point.run() + point.reason())) {
                    tally.count("point reason " + point.reason());
                }
            }
        }
    }
}
