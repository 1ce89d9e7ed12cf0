package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.RecordedPosition;
import io.cbtguard.api.v1alpha1.VCenterStatus;
import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.inventory.Position;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where a new watch takes up history: at the cursor, or, if the status was lost, at the oldest evidence of a record. */
final class ResumePoint {
    private ResumePoint() {}

    /** Null if nothing was ever watched: history then starts now. */
    static @Nullable Position of(VCenterStatus status, List<VMRecord> records) {
        VCenterStatus.EventCursor cursor = status.eventCursor();
        if (cursor != null && cursor.createdTime() != null) {
            return new Position(
                    cursor.epoch() == null ? 0 : cursor.epoch().intValue(),
                    cursor.key(),
                    Instant.parse(cursor.createdTime()));
        }
        return records.stream()
                .map(VMRecord::getEvidenceThrough)
                .filter(Objects::nonNull)
                .map(ResumePoint::position)
                .reduce(Position::earlier)
                .orElse(null);
    }

    private static Position position(RecordedPosition recorded) {
        return new Position(
                (int) recorded.epoch(),
                recorded.key() == null ? Position.NO_KEY : recorded.key(),
                Instant.parse(recorded.time()));
    }
}
