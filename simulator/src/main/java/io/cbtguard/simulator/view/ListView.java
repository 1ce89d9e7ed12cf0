package io.cbtguard.simulator.view;

import io.cbtguard.simulator.core.ManagedObject;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.PropertyTable;
import io.cbtguard.simulator.core.Registry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A list that its client keeps; objects that are deleted drop out. */
final class ListView extends View {
    private static final PropertyTable TABLE =
            PropertyTable.<ListView>type("ListView", View.TABLE).build();

    ListView(MoRef ref, Registry registry, Collection<ManagedObject> objects) {
        super(ref, registry);
        fill(objects);
    }

    @Override
    public PropertyTable properties() {
        return TABLE;
    }

    void reset(Collection<ManagedObject> objects) {
        List<ManagedObject> gone = new ArrayList<>(members());
        gone.removeAll(objects);
        change(objects, gone);
    }

    void modify(Collection<ManagedObject> add, Collection<ManagedObject> remove) {
        change(add, remove);
    }
}
