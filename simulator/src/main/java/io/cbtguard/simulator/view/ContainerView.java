package io.cbtguard.simulator.view;

import com.vmware.vim25.ManagedObjectReference;
import io.cbtguard.simulator.core.ManagedObject;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.PropertyTable;
import io.cbtguard.simulator.core.Registry;
import io.cbtguard.simulator.inventory.ManagedEntity;
import io.cbtguard.simulator.session.Session;
import java.util.List;

/** Everything of some types below an entity; follows the inventory by itself. */
final class ContainerView extends View {
    private static final PropertyTable TABLE = PropertyTable.<ContainerView>type("ContainerView", View.TABLE)
            .value("container", ManagedObjectReference.class, view -> view.container.toVim())
            .list("type", String.class, view -> view.types)
            .value("recursive", Boolean.class, view -> view.recursive)
            .build();

    private final Session session;
    private final ManagedEntity container;
    private final List<String> types;
    private final boolean recursive;

    ContainerView(
            MoRef ref,
            Registry registry,
            Session session,
            ManagedEntity container,
            List<String> types,
            boolean recursive) {
        super(ref, registry);
        this.session = session;
        this.container = container;
        this.types = List.copyOf(types);
        this.recursive = recursive;
        fill(registry.all().stream().filter(this::belongs).toList());
    }

    @Override
    public PropertyTable properties() {
        return TABLE;
    }

    private boolean belongs(ManagedObject object) {
        return object instanceof ManagedEntity entity
                && session.sees(entity.ref())
                && (types.isEmpty() || types.stream().anyMatch(entity::isA))
                && entity.isUnder(container, recursive);
    }

    @Override
    public void added(ManagedObject object) {
        if (belongs(object)) {
            change(List.of(object), List.of());
        }
    }

    @Override
    public void moved(ManagedObject object) {
        if (belongs(object)) {
            change(List.of(object), List.of());
        } else if (holds(object)) {
            change(List.of(), List.of(object));
        }
    }
}
