package io.cbtguard.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.api.v1alpha1.RecordedPosition;
import io.cbtguard.api.v1alpha1.VCenterStatus;
import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.inventory.Position;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a watch takes up history when statuses or records are lost, or older than they should be. */
class ResumePointTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final VCenterStatus LOST = Serialization.unmarshal("{}", VCenterStatus.class);

    private static VMRecord record(int epoch, long key, Instant time) {
        VMRecord record = new VMRecord();
        record.setEvidenceThrough(new RecordedPosition(epoch, key, time.toString()));
        return record;
    }

    private static VCenterStatus cursor(long epoch, long key, Instant time) {
        return Serialization.unmarshal(
                "eventCursor: {key: %d, createdTime: \"%s\", epoch: %d}".formatted(key, time, epoch),
                VCenterStatus.class);
    }

    @Test
    void nothingWasEverWatched() {
        assertThat(ResumePoint.of(LOST, List.of())).isNull();
    }

    @Test
    void theCursorIsWhereToGoOn() {
        assertThat(ResumePoint.of(cursor(1, 70, NOON), List.of(record(1, 90, NOON.plusSeconds(9)))))
                .isEqualTo(new Position(1, 70, NOON));
    }

    @Test
    void withoutACursorTheOldestEvidenceIsWhereToGoOn() {
        assertThat(ResumePoint.of(
                        LOST, List.of(record(0, 90, NOON.plusSeconds(9)), record(0, 70, NOON), record(0, 80, NOON))))
                .isEqualTo(new Position(0, 70, NOON));
    }

    @Test
    void evidenceFromBeforeTheClockSteppedBackDoesNotMakeTheNewerOneLookLikeTheFuture() {
        Position resumed = ResumePoint.of(
                LOST,
                List.of(
                        record(0, 70, NOON),
                        record(1, 90, NOON.minusSeconds(60)),
                        record(1, 80, NOON.minusSeconds(90))));

        assertThat(resumed).isEqualTo(new Position(1, 80, NOON.minusSeconds(90)));
    }

    @Test
    void aCursorPutBackFromBeforeTheClockSteppedBackIsNotBelieved() {
        assertThat(ResumePoint.of(cursor(0, 70, NOON), List.of(record(1, 80, NOON.minusSeconds(90)))))
                .isEqualTo(new Position(1, 80, NOON.minusSeconds(90)));
    }

    @Test
    void theNewestEvidenceIsWhatHistoryHasToHoldStill() {
        assertThat(ResumePoint.evidence(List.of())).isNull();
        assertThat(ResumePoint.evidence(List.of(
                        record(0, 70, NOON), record(0, 90, NOON.plusSeconds(9)), record(0, 80, NOON.plusSeconds(5)))))
                .isEqualTo(new Position(0, 90, NOON.plusSeconds(9)));
    }
}
