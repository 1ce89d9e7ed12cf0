package io.cbtguard.simulator.core;

import com.vmware.vim25.ManagedObjectReference;
import org.jspecify.annotations.Nullable;

/**
 * Anything that a client can name. State is plain Java; the wire form of a property is built when somebody reads it.
 * All access happens while the {@link Registry}'s lock is held.
 */
public abstract class ManagedObject {
    private final MoRef ref;

    protected ManagedObject(MoRef ref) {
        this.ref = ref;
    }

    /** The properties of this object's type. */
    public abstract PropertyTable properties();

    public final MoRef ref() {
        return ref;
    }

    public final ManagedObjectReference toVim() {
        return ref.toVim();
    }

    public final boolean isA(String type) {
        return properties().isA(type);
    }

    /** The value of a top-level property: a wire object, a {@code List} of them, or null when unset. */
    public final @Nullable Object get(String property) {
        return properties().read(this, property);
    }

    @Override
    public String toString() {
        return ref.value();
    }
}
