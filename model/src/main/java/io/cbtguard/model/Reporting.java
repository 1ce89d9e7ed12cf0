package io.cbtguard.model;

import io.cbtguard.judge.Report;
import io.cbtguard.judge.Report.ReportDisk;
import io.cbtguard.judge.record.ReadMethod;
import io.cbtguard.model.RunData.DiskData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a tool says it did; a tool may be careless or wrong, but what it says of its base is what it did. */
final class Reporting {
    private final World world;
    private final Watch watch;

    Reporting(World world, Watch watch) {
        this.world = world;
        this.watch = watch;
    }

    static Report failed(Job job) {
        return new Report(job.token(), false, "", List.of(), "It did not work out.");
    }

    Report of(Job job, RunData data, Dice dice) {
        if (job.habit == Habit.FAILS) {
            return failed(job);
        }
        List<ReportDisk> disks = new ArrayList<>();
        for (Map.Entry<String, DiskData> read : data.disks().entrySet()) {
            disks.add(disk(job, read.getKey(), read.getValue(), dice));
        }
        if (job.habit == Habit.OMITS_DISK && !disks.isEmpty()) {
            disks.remove(dice.below(disks.size()));
        }
        return new Report(
                job.habit == Habit.WRONG_TOKEN ? "token-of-somebody" : job.token(),
                true,
                job.habit == Habit.UNNAMED_SNAPSHOT ? "" : data.snapshot(),
                disks,
                "");
    }

    private ReportDisk disk(Job job, String id, DiskData read, Dice dice) {
        boolean silentBase = job.habit == Habit.NO_BASE && read.read() == ReadMethod.Changed;
        boolean both = dice.percent(50);
        return new ReportDisk(
                id,
                null,
                changeId(job, id, read, dice),
                read.read(),
                silentBase ? "" : read.baseRun(),
                silentBase && both ? "" : read.baseChangeId(),
                false);
    }

    private String changeId(Job job, String id, DiskData read, Dice dice) {
        return switch (job.habit) {
            case WRONG_ID -> dice.of(read.changeId() + "1", "", read.baseChangeId());
            case LIVE_ID -> {
                Optional<GuestDisk> live = world.disk(id);
                String shown = live.map(watch::liveId).orElse(null);
                yield shown == null ? read.changeId() : shown;
            }
            default -> read.changeId();
        };
    }
}
