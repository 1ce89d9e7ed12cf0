package io.cbtguard.simulator.view;

import com.vmware.vim25.ManagedObjectReference;
import io.cbtguard.simulator.core.ManagedObject;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.PropertyTable;
import io.cbtguard.simulator.core.Registry;
import io.cbtguard.simulator.session.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A view and its members; every change of membership is announced as what came and what went. */
abstract class View extends ManagedObject implements Session.Dependant, Registry.Listener {
    protected static final PropertyTable TABLE = PropertyTable.<View>type(
                    "ManagedObjectView", PropertyTable.type("View").build())
            .list("view", ManagedObjectReference.class, view -> MoRef.list(view.members))
            .build();

    private final Registry registry;
    private final Set<ManagedObject> members = new LinkedHashSet<>();

    View(MoRef ref, Registry registry) {
        super(ref);
        this.registry = registry;
    }

    /** Takes the first members, before anybody can watch. */
    protected final void fill(Collection<? extends ManagedObject> objects) {
        members.addAll(objects);
        registry.listen(this);
    }

    protected final Collection<ManagedObject> members() {
        return members;
    }

    protected final boolean holds(ManagedObject object) {
        return members.contains(object);
    }

    protected final void change(Collection<? extends ManagedObject> added, Collection<? extends ManagedObject> gone) {
        List<ManagedObject> came = new ArrayList<>();
        List<ManagedObject> went = new ArrayList<>();
        for (ManagedObject object : gone) {
            if (members.remove(object)) {
                went.add(object);
            }
        }
        for (ManagedObject object : added) {
            if (members.add(object)) {
                came.add(object);
            }
        }
        if (!came.isEmpty() || !went.isEmpty()) {
            registry.viewChanged(this, came, went);
            registry.changed(this, "view");
        }
    }

    @Override
    public void removed(ManagedObject object) {
        change(List.of(), List.of(object));
    }

    @Override
    public void sessionEnded() {
        registry.forget(this);
    }

    final void destroy(Session session) {
        registry.forget(this);
        change(List.of(), List.copyOf(members));
        session.drop(this);
    }
}
