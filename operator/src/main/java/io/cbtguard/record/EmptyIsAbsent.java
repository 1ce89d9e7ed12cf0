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
 * Leaves empty texts and lists out of a record, and reads what is absent as empty: thousands of records are kept in memory and in
 * etcd. A component that may be null keeps the difference between null (absent) and empty.
 */
final class EmptyIsAbsent extends NopAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public JsonInclude.Value findPropertyInclusion(Annotated member) {
        boolean compact = canBeEmpty(member.getRawType()) && !nullable(member);
        JsonInclude.Include include = compact ? JsonInclude.Include.NON_EMPTY : JsonInclude.Include.NON_NULL;
        return JsonInclude.Value.construct(include, JsonInclude.Include.ALWAYS);
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
