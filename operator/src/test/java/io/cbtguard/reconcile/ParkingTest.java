package io.cbtguard.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.MovableClock;
import io.cbtguard.record.RecordRef;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Records that cannot be written let their own vCenter's cursor move on, and no other's wait. */
class ParkingTest {
    private final MovableClock clock = new MovableClock();
    private final Parking parking = new Parking(clock, ref -> ref.name().substring(0, 1));

    private static RecordRef ref(String name) {
        return new RecordRef("guard", name);
    }

    private boolean failedForLong(String name) {
        parking.failed(ref(name));
        clock.forward(Parking.PATIENCE.plus(Duration.ofSeconds(1)));
        return parking.failed(ref(name));
    }

    @Test
    void aRecordThatFailsForAMinuteIsParkedUntilItIsWritten() {
        assertThat(parking.failed(ref("a"))).isFalse();
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
}
