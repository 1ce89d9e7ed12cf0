package io.cbtguard.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.cbtguard.MovableClock;
import io.cbtguard.judge.Reason;
import io.cbtguard.record.RecordRef;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Records that cannot be written let their own vCenter's cursor move on, and no other's wait. */
class ParkingTest {
    private static final RecordTrouble TROUBLE = RecordTrouble.ofAny(new IllegalStateException("refused"));

    private final MovableClock clock = new MovableClock();
    private final Parking parking = new Parking(clock, ref -> ref.name().substring(0, 1));

    private static RecordRef ref(String name) {
        return new RecordRef("guard", name);
    }

    private boolean failedForLong(String name) {
        parking.failed(ref(name), TROUBLE);
        clock.forward(Parking.PATIENCE.plus(Duration.ofSeconds(1)));
        return parking.failed(ref(name), TROUBLE);
    }

    @Test
    void aRecordThatFailsForAMinuteIsParkedUntilItIsWritten() {
        assertThat(parking.failed(ref("a"), TROUBLE)).isFalse();
        assertThat(failedForLong("a")).isTrue();
        assertThat(parking.isParked(ref("a"))).isTrue();

        assertThat(parking.written(ref("a"))).isTrue();
        assertThat(parking.isParked(ref("a"))).isFalse();
    }

    @Test
    void oneVcenterInTroubleLeavesRoomForTheRecordsOfAnother() {
        for (int i = 0; i < Parking.LIMIT; i++) {
            parking.restore(ref("a" + i));
        }

        assertThat(failedForLong("a-one-more")).isFalse();
        assertThat(failedForLong("b")).isTrue();
    }

    @Test
    void aRecordThatIsGoneTakesNoRoom() {
        for (int i = 0; i < Parking.LIMIT; i++) {
            parking.restore(ref("a" + i));
        }
        parking.gone("guard/a7");

        assertThat(failedForLong("a-one-more")).isTrue();
    }

    @Test
    void whatIsBlockedIsCountedByVcenterAndReason() {
        ResourceID vcenter = new ResourceID("a", "guard");
        RecordTrouble tooNew = new RecordTrouble(Reason.RecordTooNew, "written by a newer operator");
        parking.failed(ref("a-new"), tooNew);
        parking.failed(ref("a-blink"), TROUBLE);
        failedForLong("a-long");
        parking.restore(ref("a-restored"));
        failedForLong("b-long");

        assertThat(parking.blocked(vcenter)).containsOnly(entry("RecordTooNew", 1), entry("RecordNotWritable", 2));

        parking.written(ref("a-long"));
        parking.gone("guard/a-new");
        assertThat(parking.blocked(vcenter)).containsOnly(entry("RecordNotWritable", 1));
    }
}
