package io.cbtguard.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.judge.Request.Type;
import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Decision.DecisionDisk;
import io.cbtguard.judge.record.Point;
import io.cbtguard.judge.record.ReadMethod;
import io.cbtguard.judge.record.Trust;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random stories against an oracle that knows every cause and the true position of every mint: no incremental is allowed, and no
 * incremental point called Good, across a cause that vCenter had recorded. Tools obey, disobey, ask, do not ask, report late.
 */
class SoundnessTest {
    /** True position (event key) of the creation of the snapshot that a run read. */
    private final Map<String, Long> mints = new HashMap<>();

    private final Map<String, Long> commits = new HashMap<>();

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Long.getLong("cbtguard.judge.seeds", 100));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothing_is_allowed_or_called_good_across_a_cause(long seed) {
        Random random = new Random(seed);
        Truth truth = new Truth(random);
        Story story = truth.story;
        story.policy.trustUnseenSnapshot = random.nextInt(4) == 0;
        story.policy.fullOnUnknown = random.nextBoolean();
        for (int step = 0; step < 40; step++) {
            for (int i = random.nextInt(4); i > 0; i--) {
                truth.happens();
            }
            run(truth, random, "run-" + step, seed);
        }
        truth.settle();
        truth.causes().forEach((position, disks) -> story.record.chains().stream()
                .flatMap(c -> c.points().stream())
                .filter(p -> p.trust() == Trust.Good)
                .forEach(p -> assertNotAcross(p, position, truth.what(position), seed)));
    }

    private void run(Truth truth, Random random, String run, long seed) {
        Story story = truth.story;
        Backup backup = story.backup(run);
        boolean asks = random.nextInt(4) > 0;
        if (asks) {
            backup.request(random.nextInt(6) == 0 ? Type.Full : Type.Auto);
            if (backup.decision == null) {
                return;
            }
            if (backup.decision().type() == BackupType.Incremental) {
                assertAllowed(truth, backup, seed);
            }
            maybe(truth, random);
            mints.put(run, story.key);
            backup.takeSnapshot();
            truth.created(backup.snapshot(), mints.getOrDefault(run, -1L));
        } else {
            String of = truth.anySnapshot(random);
            if (of == null) {
                return;
            }
            mints.put(run, truth.minted(of));
            backup.of(of);
        }
        switch (random.nextInt(5)) {
            case 0 -> backup.readAll();
            case 1 -> backup.readChanged();
            case 2 -> {
                backup.readChanged();
                backup.read(Story.DISK2, ReadMethod.All);
            }
            default -> {
                if (asks && backup.decision().type() != BackupType.Refused) {
                    backup.readAsDecided();
                } else {
                    backup.readChanged();
                }
            }
        }
        maybe(truth, random);
        if (asks && random.nextInt(4) > 0) {
            truth.remove(backup.snapshot());
        }
        maybe(truth, random);
        if (random.nextInt(8) > 0) {
            backup.report();
            commits.put(run, story.key);
        } else {
            story.record = Judge.cancel(story.record, backup.uid(), story.facts(), "over");
        }
        if (random.nextInt(3) == 0) {
            story.record = Judge.forget(story.record, backup.uid());
            backup.reportUnlearned();
            commits.putIfAbsent(run, story.key);
        }
    }

    private static void maybe(Truth truth, Random random) {
        if (random.nextInt(4) == 0) {
            truth.happens();
        }
    }

    private void assertAllowed(Truth truth, Backup backup, long seed) {
        for (DecisionDisk disk : backup.decision().disks()) {
            if (disk.type() == BackupType.Incremental) {
                long base = mints.getOrDefault(disk.baseRun(), -1L);
                truth.causes().forEach((position, disks) -> assertThat(position > base && disks.contains(disk.id()))
                        .as("seed %d: %s on %s across %s", seed, disk.label(), disk.baseRun(), truth.what(position))
                        .isFalse());
            }
        }
    }

    private void assertNotAcross(Point point, long cause, String what, long seed) {
        for (Point.PointDisk disk : point.disks()) {
            if (disk.read() == ReadMethod.Changed) {
                long base = mints.getOrDefault(disk.parentRun(), -1L);
                assertThat(cause > base && cause <= commits.getOrDefault(point.run(), Long.MAX_VALUE))
                        .as("seed %d: %s is Good on %s across %s", seed, point.run(), disk.parentRun(), what)
                        .isFalse();
            }
        }
    }
}
