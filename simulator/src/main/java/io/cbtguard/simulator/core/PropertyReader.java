package io.cbtguard.simulator.core;

import com.vmware.vim25.ManagedObjectReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads several paths of one object; a top-level value is built once however many paths lie below it. */
public final class PropertyReader {
    private final ManagedObject object;
    private final Map<String, @Nullable Object> built = new HashMap<>(8);

    public PropertyReader(ManagedObject object) {
        this.object = object;
    }

    /** The wire value at the path (lists as {@code ArrayOf...}), or null when unset. */
    public @Nullable Object read(PropertyPath path) {
        PropertyTable.Property property = object.properties().find(path.first());
        if (property == null) {
            return null;
        }
        Object value = topLevel(path.first(), property);
        Class<?> element = property.element();
        List<PropertyPath.Segment> segments = path.segments();
        for (int i = 0; i < segments.size() && value != null; i++) {
            PropertyPath.Segment segment = segments.get(i);
            if (i > 0) {
                Bean.Member member = Bean.of(value.getClass()).member(segment.name());
                if (member == null) {
                    return null;
                }
                value = member.read(value);
                element = member.element();
                if (value instanceof List<?> list && list.isEmpty()) {
                    return null;
                }
            }
            if (segment.key() != null) {
                value = value instanceof List<?> list ? elementWithKey(list, segment.key()) : null;
            }
        }
        return value instanceof List<?> list ? VimArrays.wrap(list, element) : value;
    }

    private @Nullable Object topLevel(String name, PropertyTable.Property property) {
        if (built.containsKey(name)) {
            return built.get(name);
        }
        Object value = property.getter().read(object);
        built.put(name, value);
        return value;
    }

    private static @Nullable Object elementWithKey(List<?> list, String key) {
        for (Object element : list) {
            if (element instanceof ManagedObjectReference reference) {
                if (reference.getValue().equals(key)) {
                    return element;
                }
                continue;
            }
            Bean.Member member = Bean.of(element.getClass()).member("key");
            Object found = member == null ? null : member.read(element);
            if (found != null && found.toString().equals(key)) {
                return element;
            }
        }
        return null;
    }
}
