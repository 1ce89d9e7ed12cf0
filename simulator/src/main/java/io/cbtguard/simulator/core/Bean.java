package io.cbtguard.simulator.core;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.xml.bind.annotation.XmlElement;
import org.jspecify.annotations.Nullable;

/** Reads the fields of generated wire objects by their XML names, which is what property paths are made of. */
final class Bean {
    private static final Map<Class<?>, Bean> CACHE = new ConcurrentHashMap<>();

    private final Map<String, Member> members = new HashMap<>();

    private Bean(Class<?> type) {
        for (Class<?> level = type; level != null && level != Object.class; level = level.getSuperclass()) {
            for (Field field : level.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && level.getName().startsWith("com.vmware.vim25.")) {
                    field.setAccessible(true);
                    members.putIfAbsent(xmlName(field), Member.of(field));
                }
            }
        }
    }

    /**
     * A field.
     *
     * @param element the declared type, or that of a list's elements
     */
    record Member(Field field, Class<?> element, boolean list) {
        static Member of(Field field) {
            if (List.class.isAssignableFrom(field.getType())
                    && field.getGenericType() instanceof ParameterizedType generic
                    && generic.getActualTypeArguments()[0] instanceof Class<?> element) {
                return new Member(field, element, true);
            }
            return new Member(field, field.getType(), false);
        }

        @Nullable Object read(Object owner) {
            try {
                return field.get(owner);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    static Bean of(Class<?> type) {
        return CACHE.computeIfAbsent(type, Bean::new);
    }

    @Nullable Member member(String name) {
        return members.get(name);
    }

    private static String xmlName(Field field) {
        XmlElement element = field.getAnnotation(XmlElement.class);
        return element == null || element.name().equals("##default") ? field.getName() : element.name();
    }
}
