package io.cbtguard.record;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.introspect.AnnotationIntrospectorPair;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.judge.Judge;
import io.cbtguard.judge.record.VmRecord;

/**
 * The record as a value, and as the object that the API server keeps: field by field the same, because the object's schema mirrors
 * the value, but for restore points, which are stored in short. Nothing that the value holds is lost on the way.
 */
final class RecordMapper {
    private final ObjectMapper values = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .annotationIntrospector(
                    new AnnotationIntrospectorPair(new AbsentIsEmpty(), new JacksonAnnotationIntrospector()))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.AUTO_DETECT_GETTERS, MapperFeature.AUTO_DETECT_IS_GETTERS)
            // a number that is not there is not 0: such a record is unreadable
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
            .build();
    private final ObjectMapper objects = new ObjectMapper();

    /** What this content takes as JSON, in bytes. */
    int size(VmRecord value) {
        return size(tree(value));
    }

    private int size(ObjectNode tree) {
        try {
            return objects.writeValueAsBytes(tree).length;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("every value can be written", e);
        }
    }

    /** An object with this content and without metadata. */
    VMRecord toObject(VmRecord value) {
        return toObject(tree(value));
    }

    /** The same, folded until it takes no more than this as JSON; what cannot fold any more is stored as it is. */
    VMRecord toObject(VmRecord value, int limit) {
        VmRecord fitting = value;
        while (true) {
            ObjectNode tree = tree(fitting);
            VmRecord folded = size(tree) > limit ? Judge.fold(fitting) : fitting;
            if (folded == fitting) {
                return toObject(tree);
            }
            fitting = folded;
        }
    }

    private VMRecord toObject(ObjectNode tree) {
        try {
            return objects.treeToValue(tree, VMRecord.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the schema of VMRecord does not mirror the value", e);
        }
    }

    private ObjectNode tree(VmRecord value) {
        ObjectNode tree = values.valueToTree(value);
        StoredPoints.shorten(tree);
        return tree;
    }

    /**
     * @throws RecordException if the object is of a newer layout, or not of the form that this operator writes
     */
    VmRecord toValue(VMRecord object) {
        RecordRef ref = RecordRef.of(object);
        if (object.getSchema() > VmRecord.SCHEMA) {
            throw new RecordException(RecordException.Kind.TOO_NEW, ref, "schema " + object.getSchema());
        }
        ObjectNode tree = objects.valueToTree(object);
        tree.remove("metadata");
        try {
            StoredPoints.complete(tree);
            return values.treeToValue(tree, VmRecord.class);
        } catch (JsonProcessingException | RuntimeException e) {
            throw new RecordException(RecordException.Kind.UNREADABLE, ref, String.valueOf(e.getMessage()));
        }
    }
}
