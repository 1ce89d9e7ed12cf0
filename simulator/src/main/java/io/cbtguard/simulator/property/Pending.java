package io.cbtguard.simulator.property;

import com.vmware.vim25.ObjectUpdateKind;
import io.cbtguard.simulator.core.PropertyPath;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client has yet to be told about one object; several changes merge into one.
 *
 * @param kind enter, modify or leave
 * @param known whether the client was told of the object before
 * @param paths for modify: what changed
 */
record Pending(ObjectUpdateKind kind, boolean known, Set<PropertyPath> paths) {
    static Pending enter() {
        return new Pending(ObjectUpdateKind.ENTER, false, Set.of());
    }

    static Pending leave() {
        return new Pending(ObjectUpdateKind.LEAVE, true, Set.of());
    }

    static Pending modify(Collection<PropertyPath> paths) {
        return new Pending(ObjectUpdateKind.MODIFY, true, new LinkedHashSet<>(paths));
    }

    /** This, followed by {@code later}; null when nothing is left to tell. */
    @Nullable Pending then(Pending later) {
        return switch (later.kind) {
            case ENTER -> new Pending(ObjectUpdateKind.ENTER, known, Set.of());
            case LEAVE -> known ? later : null;
            case MODIFY -> {
                if (kind != ObjectUpdateKind.MODIFY) {
                    yield this;
                }
                Set<PropertyPath> both = new LinkedHashSet<>(paths);
                both.addAll(later.paths);
                yield new Pending(ObjectUpdateKind.MODIFY, true, both);
            }
        };
    }
}
