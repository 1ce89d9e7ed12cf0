package io.cbtguard.record;

import io.cbtguard.api.v1alpha1.VMRecord;
import java.util.Optional;

/** The VMRecords as an informer last saw them; may be behind, must not be changed. */
@FunctionalInterface
public interface RecordCache {
    Optional<VMRecord> get(RecordRef ref);
}
