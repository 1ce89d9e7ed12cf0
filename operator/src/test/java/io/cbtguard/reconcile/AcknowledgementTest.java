package io.cbtguard.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.inventory.Position;
import io.cbtguard.record.RecordRef;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The watch hears of a VM's history only what every record of that VM holds. */
class AcknowledgementTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final RecordRef OLD = new RecordRef("guard", "old");
    private static final RecordRef NEW = new RecordRef("guard", "new");

    private final StillWatch watch = new StillWatch();
    private Instant time = NOW;
    private final Clock clock = new Clock() {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return time;
        }
    };
    private final OpenWatch open = watch.opened(0, clock, Map.of(OLD, "vm-1"));

    private static Position at(long key) {
        return new Position(0, key, NOW.plusSeconds(key));
    }

    @Test
    void theOnlyRecordOfAVmAcknowledgesItsHistory() {
        open.acknowledge(OLD, "vm-1", at(7));

        assertThat(watch.acknowledged).containsEntry("vm-1", at(7));
    }

    @Test
    void aRecordAcknowledgesNothingForAnotherOneOfTheSameMoRef() {
        open.concern(NEW, "vm-1");

        open.acknowledge(OLD, "vm-1", at(7));
        assertThat(watch.acknowledged).isEmpty();

        open.acknowledge(NEW, "vm-1", at(5));
        assertThat(watch.acknowledged).containsEntry("vm-1", at(5));
    }

    @Test
    void aRecordThatIsDeletedLeavesTheHistoryToTheOtherOfTheSameMoRef() {
        open.concern(NEW, "vm-1");
        open.acknowledge(NEW, "vm-1", at(5));

        open.release(OLD, "vm-1");

        assertThat(watch.concerned).containsExactly("vm-1");
        assertThat(watch.acknowledged).containsEntry("vm-1", at(5));
        open.release(NEW, "vm-1");
        assertThat(watch.concerned).isEmpty();
    }

    @Test
    void aRecordThatIsNotThereDoesNotHoldTheHistoryForEver() {
        open.concern(NEW, "vm-1");
        open.acknowledge(OLD, "vm-1", at(7));
        time = NOW.plus(Duration.ofMinutes(6));

        open.forgetStrangers(Map.of(OLD, "vm-1"));
        open.acknowledge(OLD, "vm-1", at(8));

        assertThat(watch.acknowledged).containsEntry("vm-1", at(8));
    }

    @Test
    void aRecordThatWasNotWaitedForHasMissedWhatItDoesNotKnowUntilItKnowsThat() {
        open.acknowledge(OLD, "vm-1", at(3));

        open.pass(OLD, "vm-1", at(7));

        assertThat(watch.acknowledged).containsEntry("vm-1", at(7));
        assertThat(open.passedBeyond(OLD, at(3))).isEqualTo(at(7));
        open.acknowledge(OLD, "vm-1", at(5));
        assertThat(open.passedBeyond(OLD, at(5))).isEqualTo(at(7));
        open.acknowledge(OLD, "vm-1", at(8));
        assertThat(open.passedBeyond(OLD, at(3))).isNull();
    }
}
