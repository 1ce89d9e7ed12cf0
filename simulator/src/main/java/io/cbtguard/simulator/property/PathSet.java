package io.cbtguard.simulator.property;

import com.vmware.vim25.PropertySpec;
import io.cbtguard.simulator.core.ManagedObject;
import io.cbtguard.simulator.core.PropertyPath;
import io.cbtguard.simulator.core.PropertyTable;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The paths that a filter wants, resolved once per managed type. */
final class PathSet {
    private final List<PropertySpec> specs;
    private final Map<String, List<PropertyPath>> byType = new HashMap<>();

    /** Refuses a path that its type cannot have, whether or not an object of the type is selected. */
    PathSet(List<PropertySpec> specs) {
        this.specs = specs;
        for (PropertySpec spec : specs) {
            PropertyTable table = PropertyTable.named(spec.getType());
            if (table != null) {
                spec.getPathSet().forEach(path -> PropertyPath.of(path).checkAgainst(table));
            }
        }
    }

    /** The paths for objects of this type, in the order asked; refuses one that the type does not have. */
    List<PropertyPath> of(PropertyTable table) {
        List<PropertyPath> known = byType.get(table.typeName());
        if (known != null) {
            return known;
        }
        Set<String> names = new LinkedHashSet<>();
        for (PropertySpec spec : specs) {
            if (table.isA(spec.getType())) {
                names.addAll(Boolean.TRUE.equals(spec.isAll()) ? table.names() : spec.getPathSet());
            }
        }
        List<PropertyPath> paths = names.stream().map(PropertyPath::of).toList();
        paths.forEach(path -> path.checkAgainst(table));
        byType.put(table.typeName(), paths);
        return paths;
    }

    /** Whether objects of this type are reported at all. */
    boolean wants(ManagedObject object) {
        return specs.stream().anyMatch(spec -> object.isA(spec.getType()));
    }

    /** What a change touches, by its own path where that lies below a wanted one. */
    Collection<PropertyPath> parts(ManagedObject object, Collection<String> changed) {
        Set<PropertyPath> parts = new LinkedHashSet<>();
        for (PropertyPath wanted : of(object.properties())) {
            for (String path : changed) {
                if (PropertyPath.of(path).isBelow(wanted)) {
                    parts.add(PropertyPath.of(path));
                } else if (wanted.touchedBy(path)) {
                    parts.add(wanted);
                }
            }
        }
        return parts;
    }

    /** The wanted paths that a change touches. */
    List<PropertyPath> touched(ManagedObject object, Collection<String> changed) {
        return of(object.properties()).stream()
                .filter(path -> changed.stream().anyMatch(path::touchedBy))
                .toList();
    }
}
