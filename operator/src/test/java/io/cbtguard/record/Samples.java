package io.cbtguard.record;

import io.cbtguard.judge.record.VmRecord;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values of any record type by reflection, so that a new component is in the samples by itself. */
final class Samples {
    private int counter;
    private final boolean bare;

    private Samples(boolean bare) {
        this.bare = bare;
    }

    /** Every component set, no two alike; lists have one element. */
    static <T> T full(Class<T> type) {
        return new Samples(false).record(type);
    }

    /** Texts and lists empty, whatever may be null is null. */
    static <T> T bare(Class<T> type) {
        return new Samples(true).record(type);
    }

    /** The same record in the layout that is written today; a sample's number is any. */
    static VmRecord ofThisLayout(VmRecord any) {
        return new VmRecord(
                VmRecord.SCHEMA,
                any.binding(),
                any.evidenceThrough(),
                any.sighting(),
                any.snapshots(),
                any.pending(),
                any.residence(),
                any.recentEvents(),
                any.trackedSince(),
                any.chains(),
                any.findings(),
                any.runs());
    }

    private <T> T record(Class<T> type) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = Arrays.stream(components).map(this::component).toArray();
        try {
            Constructor<T> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new));
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName(), e);
        }
    }

    private @Nullable Object component(RecordComponent component) {
        AnnotatedType type = component.getAnnotatedType();
        return bare && type.isAnnotationPresent(Nullable.class) ? null : value(component.getGenericType());
    }

    private Object value(Type type) {
        counter++;
        if (type instanceof ParameterizedType list) {
            return bare ? List.of() : List.of(value(list.getActualTypeArguments()[0]));
        }
        Class<?> plain = (Class<?>) type;
        if (plain == String.class) {
            return bare ? "" : "text " + counter;
        }
        if (plain == int.class) {
            return counter;
        }
        if (plain == long.class) {
            return 5_000_000_000L + counter;
        }
        if (plain == boolean.class || plain == Boolean.class) {
            return true;
        }
        if (plain == Instant.class) {
            return Instant.parse("2026-11-23T10:11:12.123456Z").plusSeconds(counter);
        }
        if (plain.isEnum()) {
            return plain.getEnumConstants()[counter % plain.getEnumConstants().length];
        }
        return record(plain);
    }
}
