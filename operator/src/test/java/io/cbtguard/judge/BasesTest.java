package io.cbtguard.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.inventory.Disk;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.Trackability;
import io.cbtguard.judge.Committing.Objection;
import io.cbtguard.judge.Report.ReportDisk;
import io.cbtguard.judge.record.Baseline;
import io.cbtguard.judge.record.ReadMethod;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a snapshot froze has to follow the base, though mostly something else has told of what is wrong before. */
class BasesTest {
    private static final String EPOCH = "52 05 a2 ce 6d 6d c9 59-d3 2e ad 19 e3 96 07 d0";
    private static final String OTHER = "52 05 a2 ce 6d 6d c9 59-d3 2e ad 19 e3 96 07 d1";
    private static final Disk DISK = new Disk(
            "6000C29a", "101-2000", 2000, "Hard disk 1", 1L << 30, "datastore-1", null, true, Trackability.TRACKABLE);

    private static Interval at(int seconds) {
        return Interval.at(Position.ofTime(0, Instant.EPOCH.plusSeconds(seconds)));
    }

    /** An incremental of a snapshot that was created after its base, which lives and is named right. */
    private static @Nullable Objection objection(String frozen) {
        String base = EPOCH + "/5";
        return Bases.objection(
                DISK,
                new ReportDisk(DISK.id(), null, frozen, ReadMethod.Changed, "monday", base, false),
                new Baseline(
                        DISK.id(),
                        DISK.objectId(),
                        DISK.key(),
                        DISK.label(),
                        DISK.capacityBytes(),
                        base,
                        at(1),
                        "snapshot-1",
                        null,
                        "monday",
                        "uid-1",
                        null),
                frozen,
                at(2));
    }

    private static void assertMismatch(String frozen) {
        assertThat(objection(frozen)).isNotNull().extracting(Objection::reason).isEqualTo(Reason.ReportMismatch);
    }

    @Test
    void a_higher_number_of_the_same_epoch_follows() {
        assertThat(objection(EPOCH + "/6")).isNull();
    }

    @Test
    void the_same_number_and_a_lower_one_do_not() {
        assertMismatch(EPOCH + "/5");
        assertMismatch(EPOCH + "/4");
    }

    @Test
    void another_epoch_does_not_whatever_its_number() {
        assertMismatch(OTHER + "/6");
    }

    @Test
    void what_is_no_change_id_does_not() {
        assertMismatch("");
        assertMismatch("6");
        assertMismatch(EPOCH + "/");
    }
}
