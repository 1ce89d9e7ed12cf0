package io.cbtguard.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cbtguard.api.v1alpha1.RecordedPosition;
import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.inventory.Position;
import io.cbtguard.judge.record.VmRecord;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecordMapperTest {
    private final RecordMapper mapper = new RecordMapper();

    private VmRecord thereAndBack(VmRecord value) {
        VMRecord object = mapper.toObject(value);
        object.setMetadata(new ObjectMetaBuilder()
                .withName("any")
                .withNamespace("any")
                .withResourceVersion("7")
                .build());
        return mapper.toValue(object);
    }

    @Test
    void nothingIsLostOnTheWayToTheObjectAndBack() {
        VmRecord full = Samples.ofThisLayout(Samples.full(VmRecord.class));

        assertThat(thereAndBack(full)).isEqualTo(full);
    }

    @Test
    void whatIsEmptyStaysEmptyAndWhatIsNullStaysNull() {
        VmRecord bare = Samples.ofThisLayout(Samples.bare(VmRecord.class));

        assertThat(thereAndBack(bare)).isEqualTo(bare);
    }

    @Test
    void aPositionWithoutAKeyIsNotThePositionOfKeyZero() {
        VmRecord value = Samples.ofThisLayout(Samples.full(VmRecord.class))
                .through(Position.ofTime(3, Instant.parse("2026-11-23T10:11:12Z")));

        assertThat(thereAndBack(value).evidenceThrough().hasKey()).isFalse();
    }

    @Test
    void aNumberThatIsNotThereIsNotReadAsZero() {
        VMRecord object = mapper.toObject(Samples.ofThisLayout(Samples.full(VmRecord.class)));
        object.setMetadata(
                new ObjectMetaBuilder().withName("any").withNamespace("any").build());
        object.setEvidenceThrough(new RecordedPosition(0, null, "2026-11-23T10:11:12Z"));

        assertThatThrownBy(() -> mapper.toValue(object))
                .isInstanceOfSatisfying(
                        RecordException.class, e -> assertThat(e.kind()).isEqualTo(RecordException.Kind.UNREADABLE));
    }

    @Test
    void aNewerLayoutIsTooNewAndNotRead() {
        VMRecord object = mapper.toObject(Samples.ofThisLayout(Samples.full(VmRecord.class)));
        object.setMetadata(
                new ObjectMetaBuilder().withName("any").withNamespace("any").build());
        object.setSchema(VmRecord.SCHEMA + 1);

        assertThatThrownBy(() -> mapper.toValue(object))
                .isInstanceOfSatisfying(
                        RecordException.class, e -> assertThat(e.kind()).isEqualTo(RecordException.Kind.TOO_NEW));
    }
}
