package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.RecordedPosition;
import io.cbtguard.api.v1alpha1.VCenterStatus;
import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.inventory.Position;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a new watch takes up history: at the cursor, or, if the status was lost or is an older one put back, at the oldest evidence
 * of the newest order. A record that knows of an older order only has to be read again by itself: what came between the orders lies
 * before that point.
 */
final class ResumePoint {
    private ResumePoint() {}

    /** Null if nothing was ever watched: history then starts now. */
    static @Nullable Position of(VCenterStatus status, List<VMRecord> records) {
        List<Position> evidence = positions(records);
        int newest = evidence.stream().mapToInt(Position::epoch).max().orElse(0);
        Position cursor = cursor(status);
        if (cursor != null && cursor.epoch() >= newest) {
            return cursor;
        }
        return evidence.stream()
                .filter(position -> position.epoch() == newest)
                .reduce(Position::earlier)
                .orElse(null);
    }

    /** The newest evidence that any record holds; null if none does. */
    static @Nullable Position evidence(List<VMRecord> records) {
        return positions(records).stream().reduce(Position::later).orElse(null);
    }

    private static List<Position> positions(List<VMRecord> records) {
        return records.stream()
                .map(VMRecord::getEvidenceThrough)
                .filter(Objects::nonNull)
                .map(ResumePoint::position)
                .toList();
    }

    private static @Nullable Position cursor(VCenterStatus status) {
        VCenterStatus.EventCursor cursor = status.eventCursor();
        return cursor == null || cursor.createdTime() == null
                ? null
                : new Position(
                        cursor.epoch() == null ? 0 : cursor.epoch().intValue(),
                        cursor.key(),
                        Instant.parse(cursor.createdTime()));
    }

    private static Position position(RecordedPosition recorded) {
        return new Position(
                (int) recorded.epoch(),
                recorded.key() == null ? Position.NO_KEY : recorded.key(),
                Instant.parse(recorded.time()));
    }
}
