package io.cbtguard.judge;

import static io.cbtguard.judge.Story.DISK1;
import static io.cbtguard.judge.Story.DISK2;
import static io.cbtguard.judge.Verdicts.assertForcesFull;
import static io.cbtguard.judge.Verdicts.assertIncremental;
import static io.cbtguard.judge.Verdicts.disk;
import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.inventory.EsxBuild;
import io.cbtguard.judge.Request.Type;
import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Trust;
import io.cbtguard.reconcile.BundledAdvisories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * KB 2090639 (Broadcom 310751) with the bundled advisory: on ESXi 4.x to 5.5 a disk that grows over 128 GiB, or a doubling of it, loses
 * what its map held; tracking has to be switched off and on before the full.
 */
class Kb2090639Test {
    private static final long GIB = 1L << 30;
    private static final EsxBuild GA_OF_5_5 = new EsxBuild("5.5.0", 1331820);

    private final Story story = new Story();

    /** Two disks of which the first grows after the first backup. */
    private void grown(EsxBuild on, long from, long to) {
        story.policy.hostUpgrade = Rules.HostUpgrade.WhenAffected;
        story.host("host-1", on);
        story.vm.disk(DISK1).capacity = from * GIB;
        story.look();
        story.full("monday");
        assertIncremental(story);
        story.vm.disk(DISK1).capacity = to * GIB;
        story.reconfigured();
        story.look();
    }

    private Backup incrementalOnTheOldId(String run) {
        return story.backup(run)
                .request(Type.Full)
                .takeSnapshot()
                .readChanged()
                .removeSnapshot()
                .report();
    }

    @ParameterizedTest
    @CsvSource({
        "5.5.0, 1331820, 100, 200",
        "5.5.0, 3116895, 200, 256",
        "5.1.0, 799733, 100, 128",
        "5.0.0, 469512, 500, 512",
        "4.1.0, 260247, 127, 129",
    })
    void grown_past_128_gib_on_5_5_or_older_needs_a_reset_and_then_a_full(
            String version, long build, long from, long to) {
        story.policy.advisories = BundledAdvisories.inForce();
        grown(new EsxBuild(version, build), from, to);

        assertForcesFull(story, Reason.DiskResized);
        assertThat(incrementalOnTheOldId("tuesday").point().trust()).isEqualTo(Trust.Suspect);
        story.full("wednesday");
        assertForcesFull(story, Reason.DiskResized);
        story.resetTracking();
        story.look();
        story.full("thursday");
        assertIncremental(story);
        assertThat(story.auto("friday").point().trust()).isEqualTo(Trust.Good);
    }

    @Test
    void grown_past_128_gib_on_5_5_spoils_the_incrementals_after_it_also_when_the_bulletin_comes_late() {
        grown(GA_OF_5_5, 100, 200);
        Backup tuesday = story.auto("tuesday");
        assertThat(tuesday.decision().type()).isEqualTo(BackupType.Incremental);

        story.policy.advisories = BundledAdvisories.inForce();
        story.look();

        assertThat(tuesday.point().trust()).isEqualTo(Trust.Suspect);
        assertThat(story.backup("monday").point().trust()).isEqualTo(Trust.Good);
        assertForcesFull(story, Reason.DiskResized);
        assertThat(disk(story, DISK2).reason()).as("did not grow").isEqualTo(Reason.Current);
    }

    @Test
    void growth_is_remembered_for_a_late_bulletin_as_long_as_a_point_was_taken_across_it() {
        grown(GA_OF_5_5, 100, 200);
        Backup tuesday = story.auto("tuesday");
        for (int i = 0; i < 6; i++) {
            story.auto("later-" + i);
        }

        story.policy.advisories = BundledAdvisories.inForce();
        story.look();

        assertThat(tuesday.point().trust()).isEqualTo(Trust.Suspect);
        assertThat(story.backup("later-5").point().trust()).isEqualTo(Trust.Suspect);
        assertForcesFull(story, Reason.DiskResized);
    }

    @Test
    void a_bulletin_that_calls_no_point_suspect_marks_none() {
        grown(GA_OF_5_5, 100, 200);
        Backup tuesday = story.auto("tuesday");

        story.policy.advisories = BundledAdvisories.inForce().stream()
                .map(a -> new Advisory(
                        a.name(),
                        a.title(),
                        a.trigger(),
                        a.affected(),
                        a.exceptHosts(),
                        a.boundaryBytes(),
                        a.invalidates(),
                        Advisory.Suspects.None,
                        a.needsReset(),
                        a.remedy()))
                .toList();
        story.look();

        assertThat(tuesday.point().trust()).isEqualTo(Trust.Good);
        assertForcesFull(story, Reason.DiskResized);
    }

    @ParameterizedTest
    @CsvSource({
        "5.5.0, 1331820, 100, 127",
        "5.5.0, 1331820, 130, 255",
        "6.0.0, 3380124, 100, 200",
        "8.0.3, 24322831, 100, 200"
    })
    void without_a_boundary_in_between_or_on_a_later_version_growth_is_shown_and_kills_nothing(
            String version, long build, long from, long to) {
        story.policy.advisories = BundledAdvisories.inForce();
        grown(new EsxBuild(version, build), from, to);

        assertIncremental(story);
        assertThat(story.auto("tuesday").point().trust()).isEqualTo(Trust.Good);
    }
}
