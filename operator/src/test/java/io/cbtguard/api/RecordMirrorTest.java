package io.cbtguard.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.api.v1alpha1.Kinds;
import io.cbtguard.api.v1alpha1.Reasons;
import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Position;
import io.cbtguard.judge.Reason;
import io.cbtguard.judge.record.VmRecord;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the judgement wants kept has a place in the object that keeps it. */
class RecordMirrorTest {
    /** What is stored as one word within restore points. */
    private static final Set<Class<?>> WORDS = Set.of(Position.class, Interval.class);

    @Test
    void everyFieldOfTheJudgementsRecordHasAFieldInTheCrd() {
        var crd = ApiServer.crds().get(Kinds.ALL.indexOf(VMRecord.class));
        var schema = crd.getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema();
        var missing = new ArrayList<String>();

        compare("", VmRecord.class, schema, missing);

        assertThat(missing)
                .as("fields that the Java model of VMRecord would drop; add them there and regenerate the CRDs")
                .isEmpty();
    }

    @Test
    void everyReasonOfTheJudgementIsAReasonOfTheApi() {
        assertThat(Stream.of(Reasons.class.getFields()).map(RecordMirrorTest::value))
                .containsAll(Arrays.stream(Reason.values()).map(Enum::name).toList())
                .doesNotHaveDuplicates();
    }

    private static void compare(String path, Class<?> type, JSONSchemaProps schema, List<String> missing) {
        for (RecordComponent component : type.getRecordComponents()) {
            JSONSchemaProps property = schema.getProperties().get(component.getName());
            String name = path + "." + component.getName();
            if (property == null) {
                missing.add(name);
                continue;
            }
            Class<?> element = element(component.getGenericType());
            boolean isWord = property.getType().equals("string") && WORDS.contains(element);
            if (element.isRecord() && !isWord) {
                compare(
                        name,
                        element,
                        property.getItems() == null
                                ? property
                                : property.getItems().getSchema(),
                        missing);
            }
        }
    }

    private static Class<?> element(Type type) {
        return type instanceof ParameterizedType list ? (Class<?>) list.getActualTypeArguments()[0] : (Class<?>) type;
    }

    private static String value(Field constant) {
        try {
            return (String) constant.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
