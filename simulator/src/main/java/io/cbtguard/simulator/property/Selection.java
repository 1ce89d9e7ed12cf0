package io.cbtguard.simulator.property;

import com.vmware.vim25.ObjectSpec;
import com.vmware.vim25.SelectionSpec;
import com.vmware.vim25.TraversalSpec;
import io.cbtguard.simulator.core.Faults;
import io.cbtguard.simulator.core.ManagedObject;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.PropertyPath;
import io.cbtguard.simulator.core.PropertyReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The objects that a filter's object specs select, by walking the inventory along traversal specs. */
final class Selection {
    private final List<ObjectSpec> specs;
    private final Function<MoRef, @Nullable ManagedObject> lookup;
    private final Set<String> traversed = new HashSet<>();

    Selection(List<ObjectSpec> specs, Function<MoRef, @Nullable ManagedObject> lookup) {
        this.specs = specs;
        this.lookup = lookup;
    }

    /** Walks afresh. Throws ManagedObjectNotFound when a start object is gone. */
    Collection<ManagedObject> evaluate() {
        traversed.clear();
        Set<ManagedObject> selected = new LinkedHashSet<>();
        for (ObjectSpec spec : specs) {
            ManagedObject start = lookup.apply(MoRef.of(spec.getObj()));
            if (start == null) {
                throw Faults.notFound(MoRef.of(spec.getObj()));
            }
            if (!Boolean.TRUE.equals(spec.isSkip())) {
                selected.add(start);
            }
            if (!spec.getSelectSet().isEmpty()) {
                new Walk(selected, named(spec.getSelectSet(), new HashMap<>())).follow(start, spec.getSelectSet());
            }
        }
        return selected;
    }

    /** Whether the last walk went along this property of objects of this type. */
    boolean follows(ManagedObject object, Collection<String> changed) {
        for (String step : traversed) {
            int slash = step.indexOf('/');
            if (object.isA(step.substring(0, slash))) {
                PropertyPath path = PropertyPath.of(step.substring(slash + 1));
                if (changed.stream().anyMatch(path::touchedBy)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The view whose members are all that is selected, if this is the usual way to watch a view. */
    @Nullable ManagedObject onlyView() {
        if (specs.size() != 1 || specs.get(0).getSelectSet().size() != 1) {
            return null;
        }
        ObjectSpec spec = specs.get(0);
        boolean usual = Boolean.TRUE.equals(spec.isSkip())
                && spec.getSelectSet().get(0) instanceof TraversalSpec traversal
                && "view".equals(traversal.getPath())
                && !Boolean.TRUE.equals(traversal.isSkip())
                && traversal.getSelectSet().isEmpty();
        return usual ? lookup.apply(MoRef.of(spec.getObj())) : null;
    }

    private static Map<String, TraversalSpec> named(List<SelectionSpec> specs, Map<String, TraversalSpec> names) {
        for (SelectionSpec spec : specs) {
            if (spec instanceof TraversalSpec traversal) {
                if (traversal.getName() != null && names.putIfAbsent(traversal.getName(), traversal) != null) {
                    continue;
                }
                named(traversal.getSelectSet(), names);
            }
        }
        return names;
    }

    private final class Walk {
        private final Set<ManagedObject> selected;
        private final Map<String, TraversalSpec> named;
        private final Set<Step> seen = new HashSet<>();

        Walk(Set<ManagedObject> selected, Map<String, TraversalSpec> named) {
            this.selected = selected;
            this.named = named;
        }

        private record Step(ManagedObject object, SelectionSpec spec) {
            @Override
            public boolean equals(@Nullable Object other) {
                return other instanceof Step step && step.object == object && step.spec == spec;
            }

            @Override
            public int hashCode() {
                return System.identityHashCode(object) * 31 + System.identityHashCode(spec);
            }
        }

        void follow(ManagedObject from, List<SelectionSpec> specs) {
            for (SelectionSpec spec : specs) {
                TraversalSpec traversal =
                        spec instanceof TraversalSpec inline ? inline : named.get(String.valueOf(spec.getName()));
                if (traversal == null) {
                    throw Faults.invalidArgument("specSet.objectSet.selectSet");
                }
                if (!from.isA(traversal.getType()) || !seen.add(new Step(from, traversal))) {
                    continue;
                }
                traversed.add(traversal.getType() + "/" + traversal.getPath());
                for (ManagedObject target : targets(from, traversal.getPath())) {
                    if (!Boolean.TRUE.equals(traversal.isSkip())) {
                        selected.add(target);
                    }
                    follow(target, traversal.getSelectSet());
                }
            }
        }

        private List<ManagedObject> targets(ManagedObject from, String path) {
            PropertyPath.of(path).checkAgainst(from.properties());
            Object value = new PropertyReader(from).read(PropertyPath.of(path));
            List<ManagedObject> targets = new ArrayList<>();
            References.in(value).forEach(reference -> {
                ManagedObject target = lookup.apply(MoRef.of(reference));
                if (target != null) {
                    targets.add(target);
                }
            });
            return targets;
        }
    }
}
