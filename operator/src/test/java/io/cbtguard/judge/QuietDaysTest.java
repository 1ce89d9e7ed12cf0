package io.cbtguard.judge;

import static io.cbtguard.judge.Verdicts.assertIncremental;
import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.inventory.Host;
import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Trust;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where nothing happened no full is forced: ordinary days, with all that is ordinary in them. */
class QuietDaysTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void daily_incrementals_go_on_among_snapshots_moves_outages_and_restarts(long seed) {
        Random random = new Random(seed);
        Story story = Story.watched();
        if (random.nextBoolean()) {
            story.keyed = false;
            story = new Story();
            story.keyed = false;
            story.record = io.cbtguard.judge.record.VmRecord.bound(story.record.binding(), story.position());
            story.look();
        }
        story.full("first");
        for (int day = 0; day < 20; day++) {
            for (int i = random.nextInt(6); i > 0; i--) {
                ordinary(story, random);
            }
            story.later(Duration.ofHours(20));
            Backup backup = story.auto("day-" + day);
            assertThat(backup.decision().type())
                    .as("seed %d day %d: %s", seed, day, backup.decision().message())
                    .isEqualTo(BackupType.Incremental);
            assertThat(backup.point().trust()).isEqualTo(Trust.Good);
            assertIncremental(story);
            story.record = Judge.forget(story.record, backup.uid());
        }
        assertThat(story.record.findings()).isEmpty();
    }

    private static void ordinary(Story story, Random random) {
        switch (random.nextInt(9)) {
            case 0 -> story.snapshot("by hand");
            case 1 -> {
                if (!story.vm.snapshots.isEmpty()) {
                    story.remove(story.vm
                            .snapshots
                            .get(random.nextInt(story.vm.snapshots.size()))
                            .moRef());
                }
            }
            case 2 -> story.move(random.nextBoolean() ? "host-1" : "host-2");
            case 3 -> story.vm.disks.values().forEach(d -> d.number++);
            case 4 -> story.reconfigured();
            case 5 -> story.restartOperator();
            case 6 -> {
                story.fresh = false;
                story.look();
                story.fresh = true;
            }
            case 7 -> anotherHostIsUpgraded(story);
            default -> story.look();
        }
        if (random.nextInt(3) > 0) {
            story.look();
        }
    }

    /** One that the VM is not on, and has not been on since it was last seen. */
    private static void anotherHostIsUpgraded(Story story) {
        story.look();
        Host other = new Host("host-7", "esx-host-7", new io.cbtguard.inventory.EsxBuild("8.0.3", story.key), true);
        story.hosts.put("host-7", other);
    }
}
