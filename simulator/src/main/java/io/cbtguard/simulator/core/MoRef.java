package io.cbtguard.simulator.core;

import com.vmware.vim25.ManagedObjectReference;
import java.util.List;

/**
 * A managed object reference as a value: unlike the generated {@link ManagedObjectReference} it can be a map key.
 *
 * @param type the managed type, such as {@code VirtualMachine}
 * @param value the identifier, such as {@code vm-1001}; unique within the type
 */
public record MoRef(String type, String value) {
    /** The same reference as it came over the wire. */
    public static MoRef of(ManagedObjectReference reference) {
        return new MoRef(reference.getType(), reference.getValue());
    }

    /** A fresh wire object; callers may hand it out. */
    public ManagedObjectReference toVim() {
        ManagedObjectReference reference = new ManagedObjectReference();
        reference.setType(type);
        reference.setValue(value);
        return reference;
    }

    /** Wire objects for a list of managed objects, in order. */
    public static List<ManagedObjectReference> list(Iterable<? extends ManagedObject> objects) {
        List<ManagedObjectReference> references = new java.util.ArrayList<>();
        for (ManagedObject object : objects) {
            references.add(object.ref().toVim());
        }
        return references;
    }

    @Override
    public String toString() {
        return value;
    }
}
