package io.cbtguard.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.judge.record.VmRecord;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One version of a record is read once while it is at hand. */
class RecentReadsTest {
    private final RecentReads reads = new RecentReads();
    private final AtomicInteger read = new AtomicInteger();

    private static VMRecord object(String uid, @Nullable String version) {
        VMRecord object = new VMRecord();
        object.setMetadata(new ObjectMetaBuilder()
                .withNamespace("guard")
                .withName("a")
                .withUid(uid)
                .withResourceVersion(version)
                .build());
        return object;
    }

    private StoredRecord get(String uid, @Nullable String version) {
        return reads.get(object(uid, version), object -> {
            read.incrementAndGet();
            return new StoredRecord(RecordRef.of(object), uid, 1, true, null, null, Samples.full(VmRecord.class));
        });
    }

    @Test
    void theSameVersionIsReadOnce() {
        assertThat(get("u1", "7")).isSameAs(get("u1", "7"));
        assertThat(read).hasValue(1);
    }

    @Test
    void anotherVersionIsReadAndSoIsAnotherObjectOfThatName() {
        get("u1", "7");
        get("u1", "8");
        get("u2", "7");
        assertThat(read).hasValue(3);
    }

    @Test
    void aVersionThatWasGivenAgainByARestoredStoreIsReadAnew() {
        VMRecord before = object("u1", "7");
        before.getMetadata().setGeneration(4L);
        VMRecord after = object("u1", "7");
        after.getMetadata().setGeneration(3L);
        for (VMRecord object : List.of(before, after)) {
            reads.get(object, o -> {
                read.incrementAndGet();
                return new StoredRecord(RecordRef.of(o), "u1", 1, true, null, null, Samples.full(VmRecord.class));
            });
        }
        assertThat(read).hasValue(2);
    }

    @Test
    void anObjectWithoutAVersionIsReadEachTime() {
        get("u1", null);
        get("u1", null);
        assertThat(read).hasValue(2);
    }

    @Test
    void theOnesThatWereAskedForLastAreKept() {
        get("u1", "first");
        IntStream.range(0, 255).forEach(i -> get("u1", "v" + i));
        get("u1", "first");
        get("u1", "one more");
        read.set(0);

        get("u1", "first");
        assertThat(read).hasValue(0);
        get("u1", "v0");
        assertThat(read).hasValue(1);
    }

    @Test
    void whatCannotBeReadIsTriedAgain() {
        assertThatThrownBy(() -> reads.get(object("u1", "7"), object -> {
                    throw new IllegalArgumentException();
                }))
                .isInstanceOf(IllegalArgumentException.class);
        get("u1", "7");
        assertThat(read).hasValue(1);
    }
}
