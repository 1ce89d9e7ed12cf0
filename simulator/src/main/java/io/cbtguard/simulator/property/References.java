package io.cbtguard.simulator.property;

import com.vmware.vim25.ArrayOfManagedObjectReference;
import com.vmware.vim25.ManagedObjectReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The references in a property value. */
final class References {
    private References() {}

    static List<ManagedObjectReference> in(@Nullable Object value) {
        if (value instanceof ManagedObjectReference reference) {
            return List.of(reference);
        }
        return value instanceof ArrayOfManagedObjectReference array ? array.getManagedObjectReference() : List.of();
    }
}
