package io.cbtguard.simulator.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The properties of one managed type, inherited ones included: name, static type and how to read the live value. */
public final class PropertyTable {
    private static final Map<String, PropertyTable> BY_TYPE = new ConcurrentHashMap<>();

    private final String type;
    private final @Nullable PropertyTable parent;
    private final Map<String, Property> properties;

    private PropertyTable(String type, @Nullable PropertyTable parent, Map<String, Property> properties) {
        this.type = type;
        this.parent = parent;
        this.properties = properties;
    }

    /**
     * One property.
     *
     * @param element the static type of the value, or of a list's elements
     */
    record Property(Class<?> element, boolean list, Getter<ManagedObject> getter) {}

    /** Reads a live value; null is an unset property. */
    @FunctionalInterface
    public interface Getter<T> {
        @Nullable Object read(T object);
    }

    public static <T extends ManagedObject> Builder<T> type(String type) {
        return new Builder<>(type, null);
    }

    /** A type that has all properties of {@code parent} too. */
    public static <T extends ManagedObject> Builder<T> type(String type, PropertyTable parent) {
        return new Builder<>(type, parent);
    }

    /** The table of a type by its name, null when no object of the type was ever made. */
    public static @Nullable PropertyTable named(String type) {
        return BY_TYPE.get(type);
    }

    public String typeName() {
        return type;
    }

    public boolean isA(String wanted) {
        return type.equals(wanted) || wanted.equals("ManagedObject") || (parent != null && parent.isA(wanted));
    }

    public Set<String> names() {
        return properties.keySet();
    }

    @Nullable Property find(String name) {
        return properties.get(name);
    }

    @Nullable Object read(ManagedObject object, String name) {
        Property property = properties.get(name);
        return property == null ? null : property.getter().read(object);
    }

    /** Collects the properties of a type. */
    public static final class Builder<T extends ManagedObject> {
        private final String type;
        private final @Nullable PropertyTable parent;
        private final Map<String, Property> properties = new LinkedHashMap<>();

        private Builder(String type, @Nullable PropertyTable parent) {
            this.type = type;
            this.parent = parent;
            if (parent != null) {
                properties.putAll(parent.properties);
            }
        }

        public Builder<T> value(String name, Class<?> type, Getter<T> getter) {
            return put(name, type, false, getter);
        }

        public Builder<T> list(String name, Class<?> element, Getter<T> getter) {
            return put(name, element, true, getter);
        }

        /** A property that exists and is never set here. */
        public Builder<T> unset(String name, Class<?> type) {
            return put(name, type, false, object -> null);
        }

        /** A list property that is always empty here. */
        public Builder<T> empty(String name, Class<?> element) {
            return put(name, element, true, object -> List.of());
        }

        @SuppressWarnings("unchecked")
        private Builder<T> put(String name, Class<?> element, boolean list, Getter<T> getter) {
            properties.put(name, new Property(element, list, object -> getter.read((T) object)));
            return this;
        }

        public PropertyTable build() {
            PropertyTable table = new PropertyTable(type, parent, properties);
            BY_TYPE.put(type, table);
            return table;
        }
    }
}
