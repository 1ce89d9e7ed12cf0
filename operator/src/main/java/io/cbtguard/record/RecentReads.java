package io.cbtguard.record;

import io.cbtguard.api.v1alpha1.VMRecord;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The records that were read last. One pass over a record reads it several times, and reading costs more than judging; all of them
 * at hand would take more memory than they save time.
 */
final class RecentReads {
    private static final int KEPT = 256;

    private final Map<Version, StoredRecord> kept = new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Version, StoredRecord> eldest) {
            return size() > KEPT;
        }
    };

    /** Two objects of this version say the same; a restored etcd gives resource versions again. */
    private record Version(String uid, String resourceVersion, long generation, long said) {
        static @Nullable Version of(VMRecord object) {
            ObjectMeta meta = object.getMetadata();
            return meta.getUid() == null || meta.getResourceVersion() == null
                    ? null
                    : new Version(
                            meta.getUid(),
                            meta.getResourceVersion(),
                            RecordObjects.generation(meta),
                            object.getGeneration());
        }
    }

    StoredRecord get(VMRecord object, Function<VMRecord, StoredRecord> read) {
        Version version = Version.of(object);
        if (version == null) {
            return read.apply(object);
        }
        synchronized (kept) {
            StoredRecord known = kept.get(version);
            if (known != null) {
                return known;
            }
        }
        StoredRecord now = read.apply(object);
        synchronized (kept) {
            kept.put(version, now);
        }
        return now;
    }
}
