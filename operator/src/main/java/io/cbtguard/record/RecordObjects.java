package io.cbtguard.record;

import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.judge.record.VmRecord;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and makes VMRecord objects: content by the mapper, and what says who wrote it and whose it is. */
final class RecordObjects {
    static final String UNPROTECTED_SINCE = "cbtguard.io/unprotected-since";

    /** Bytes of JSON: etcd takes much more, but every write carries all of it, and all records are in memory. */
    static final int LIMIT = 64 * 1024;

    private final RecordMapper mapper = new RecordMapper();
    private final RecentReads recent = new RecentReads();

    /**
     * @throws RecordException if the object cannot be read
     */
    StoredRecord stored(VMRecord object) {
        return recent.get(object, this::read);
    }

    private StoredRecord read(VMRecord object) {
        VmRecord value = mapper.toValue(object);
        ObjectMeta meta = object.getMetadata();
        return new StoredRecord(
                RecordRef.of(object),
                meta.getUid(),
                generation(meta),
                own(object, value),
                claim(object).orElse(null),
                since(meta),
                value);
    }

    static Optional<Claim> claim(VMRecord object) {
        return annotation(object.getMetadata(), Claim.ANNOTATION).flatMap(Claim::parse);
    }

    /** The object to create; its uid is not known yet, so it is nobody's until it is written again with it. */
    VMRecord first(RecordRef ref, VmRecord value, Claim claim) {
        VMRecord object = mapper.toObject(value.withBinding(value.binding().withRecordUid("")));
        object.setGeneration(1);
        object.setMetadata(new ObjectMetaBuilder()
                .withNamespace(ref.namespace())
                .withName(ref.name())
                .withAnnotations(Map.of(Claim.ANNOTATION, claim.toString()))
                .build());
        return object;
    }

    /** The object that replaces {@code before} and no other version of it. A record that is too large folds. */
    VMRecord next(VMRecord before, VmRecord value, @Nullable Claim claim, @Nullable Instant unclaimedSince) {
        ObjectMeta old = before.getMetadata();
        VMRecord object = mapper.toObject(value.withBinding(value.binding().withRecordUid(old.getUid())), LIMIT);
        object.setGeneration(generation(old) + 1);
        Map<String, String> annotations = new HashMap<>(old.getAnnotations() == null ? Map.of() : old.getAnnotations());
        put(annotations, Claim.ANNOTATION, claim == null ? null : claim.toString());
        put(annotations, UNPROTECTED_SINCE, unclaimedSince == null ? null : unclaimedSince.toString());
        object.setMetadata(new ObjectMetaBuilder(old)
                .withAnnotations(annotations)
                .withManagedFields()
                .build());
        return object;
    }

    static long generation(ObjectMeta meta) {
        return meta.getGeneration() == null ? 0 : meta.getGeneration();
    }

    /**
     * A record that was put back from a copy, or edited, carries another generation than its object has; one that was created from
     * a copy carries another object's uid, or none if it was copied before it knew its own.
     */
    private static boolean own(VMRecord object, VmRecord value) {
        ObjectMeta meta = object.getMetadata();
        long generation = generation(meta);
        return object.getGeneration() == generation
                && value.binding().recordUid().equals(meta.getUid());
    }

    private static @Nullable Instant since(ObjectMeta meta) {
        try {
            return annotation(meta, UNPROTECTED_SINCE).map(Instant::parse).orElse(null);
        } catch (DateTimeParseException edited) {
            return null;
        }
    }

    private static Optional<String> annotation(ObjectMeta meta, String key) {
        return Optional.ofNullable(meta.getAnnotations()).map(all -> all.get(key));
    }

    private static void put(Map<String, String> annotations, String key, @Nullable String value) {
        if (value == null) {
            annotations.remove(key);
        } else {
            annotations.put(key, value);
        }
    }
}
