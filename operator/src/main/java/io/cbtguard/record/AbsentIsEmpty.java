package io.cbtguard.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedField;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Executable;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Reads texts and lists that are absent as empty ones, as older layouts and frugal writers leave them, and leaves out what is null.
 * A component that may be null stays null.
 */
final class AbsentIsEmpty extends NopAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public JsonInclude.Value findPropertyInclusion(Annotated member) {
        return JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS);
    }

    @Override
    public JsonSetter.Value findSetterInfo(Annotated member) {
        return canBeEmpty(member.getRawType()) && !nullable(member)
                ? JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)
                : JsonSetter.Value.empty();
    }

    private static boolean canBeEmpty(Class<?> type) {
        return type == String.class || Collection.class.isAssignableFrom(type);
    }

    private static boolean nullable(Annotated member) {
        AnnotatedType type = null;
        if (member instanceof AnnotatedField field) {
            type = field.getAnnotated().getAnnotatedType();
        } else if (member instanceof AnnotatedParameter parameter
                && parameter.getOwner().getAnnotated() instanceof Executable owner) {
            type = owner.getAnnotatedParameterTypes()[parameter.getIndex()];
        }
        return type != null && type.isAnnotationPresent(Nullable.class);
    }
}
