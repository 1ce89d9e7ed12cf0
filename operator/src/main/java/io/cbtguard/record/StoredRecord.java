package io.cbtguard.record;

import io.cbtguard.judge.record.VmRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record as the API server keeps it.
 *
 * @param uid uid of the object
 * @param generation {@code metadata.generation}
 * @param own whether this operator wrote it last: then what it says may be judged from
 * @param claim the ProtectedVM it belongs to, null if none
 * @param unclaimedSince since when (API server's or operator's clock) it belongs to none, null while it belongs to one
 */
public record StoredRecord(
        RecordRef ref,
        String uid,
        long generation,
        boolean own,
        @Nullable Claim claim,
        @Nullable Instant unclaimedSince,
        VmRecord value) {}
