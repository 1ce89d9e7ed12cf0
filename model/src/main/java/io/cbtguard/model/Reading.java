package io.cbtguard.model;

import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Decision;
import io.cbtguard.judge.record.Decision.DecisionDisk;
import io.cbtguard.judge.record.ReadMethod;
import io.cbtguard.model.RunData.DiskData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a tool reads the disks of its snapshot, by what it was told and by its habit. */
final class Reading {
    private final BackupClient client;
    private final Map<String, RunData> repository;
    private final Set<String> committed;

    /**
     * @param repository what all runs left, by run
     * @param committed runs whose VMBackup says Committed
     */
    Reading(BackupClient client, Map<String, RunData> repository, Set<String> committed) {
        this.client = client;
        this.repository = repository;
        this.committed = committed;
    }

    /** @param own runs of the same chain, oldest first */
    RunData read(Job job, GuestSnapshot snapshot, List<RunData> own, Dice dice) {
        RunData data = new RunData(job.name, snapshot.moRef(), snapshot.moment());
        for (GuestDisk frozen : snapshot.disks()) {
            if (!frozen.independent && !excluded(job.decision, frozen)) {
                data.disks().put(frozen.id, disk(job, frozen, own, dice));
            }
        }
        return data;
    }

    private static boolean excluded(@Nullable Decision decision, GuestDisk disk) {
        return decision != null
                && told(decision, disk.id)
                        .filter(d -> d.type() == BackupType.Excluded)
                        .isPresent();
    }

    private static Optional<DecisionDisk> told(Decision decision, String disk) {
        return decision.disks().stream().filter(d -> d.id().equals(disk)).findFirst();
    }

    private DiskData disk(Job job, GuestDisk frozen, List<RunData> own, Dice dice) {
        Base base = base(job, frozen, own, dice);
        if (base != null) {
            Optional<DiskData> changed = client.changed(frozen, base.run(), base.changeId(), base.data());
            if (changed.isPresent()) {
                return changed.get();
            }
        }
        if (job.habit == Habit.ALLOCATED_CBT) {
            Optional<DiskData> allocated = client.allocated(frozen);
            if (allocated.isPresent()) {
                return allocated.get();
            }
        }
        return BackupClient.all(frozen, dice.percent(50) ? ReadMethod.All : ReadMethod.Allocated);
    }

    /** What to build on; null for a full. */
    private @Nullable Base base(Job job, GuestDisk frozen, List<RunData> own, Dice dice) {
        Decision decision = job.decision;
        if (job.habit == Habit.DISOBEDIENT) {
            return newest(own, frozen.id);
        }
        if (decision == null) {
            return newest(
                    own.stream().filter(run -> committed.contains(run.run())).toList(), frozen.id);
        }
        DecisionDisk told = told(decision, frozen.id).orElse(null);
        if (told == null || told.type() != BackupType.Incremental) {
            return null;
        }
        Base decided = of(repository.get(told.baseRun()), frozen.id, told.changeId());
        if (decided == null) {
            return null;
        }
        List<Base> others = others(own, frozen.id, decided);
        if (others.isEmpty()) {
            return decided;
        }
        List<Base> twins = others.stream()
                .filter(b -> b.changeId().equals(decided.changeId()))
                .toList();
        return switch (job.habit) {
            case OTHER_BASE -> dice.of(twins.isEmpty() ? others : twins);
            case OTHER_BASE_ID -> new Base(decided.run(), dice.of(others).changeId(), decided.data());
            default -> decided;
        };
    }

    private static @Nullable Base newest(List<RunData> own, String disk) {
        for (int i = own.size() - 1; i >= 0; i--) {
            DiskData data = own.get(i).disks().get(disk);
            if (data != null) {
                return data.changeId().isEmpty() ? null : new Base(own.get(i).run(), data.changeId(), data);
            }
        }
        return null;
    }

    private static List<Base> others(List<RunData> own, String disk, Base decided) {
        List<Base> found = new ArrayList<>();
        for (RunData run : own) {
            DiskData data = run.disks().get(disk);
            if (data != null && !data.changeId().isEmpty() && !run.run().equals(decided.run())) {
                found.add(new Base(run.run(), data.changeId(), data));
            }
        }
        return found;
    }

    private static @Nullable Base of(@Nullable RunData run, String disk, String changeId) {
        DiskData data = run == null ? null : run.disks().get(disk);
        return run == null || data == null ? null : new Base(run.run(), changeId, data);
    }

    private record Base(String run, String changeId, DiskData data) {}
}
