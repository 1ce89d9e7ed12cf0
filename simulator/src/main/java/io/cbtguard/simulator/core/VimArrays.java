package io.cbtguard.simulator.core;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Wraps lists into the {@code ArrayOf...} types that stand for them in property values. */
final class VimArrays {
    private static final Map<Class<?>, Field> FIELDS = new ConcurrentHashMap<>();
    private static final Map<Class<?>, String> PRIMITIVES = Map.of(
            Integer.class, "Int",
            Object.class, "AnyType");

    private VimArrays() {}

    static Object wrap(List<?> values, Class<?> element) {
        Field field = FIELDS.computeIfAbsent(element, VimArrays::listField);
        try {
            Object array = field.getDeclaringClass().getConstructor().newInstance();
            field.set(array, values);
            return array;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Field listField(Class<?> element) {
        String name = PRIMITIVES.getOrDefault(element, element.getSimpleName());
        try {
            Field field = Class.forName("com.vmware.vim25.ArrayOf" + name).getDeclaredFields()[0];
            field.setAccessible(true);
            return field;
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("no array type for " + element, e);
        }
    }
}
