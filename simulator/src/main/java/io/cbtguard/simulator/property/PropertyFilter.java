package io.cbtguard.simulator.property;

import com.vmware.vim25.ObjectUpdate;
import com.vmware.vim25.PropertyFilterSpec;
import com.vmware.vim25.PropertyFilterUpdate;
import io.cbtguard.simulator.core.FaultException;
import io.cbtguard.simulator.core.ManagedObject;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.PropertyPath;
import io.cbtguard.simulator.core.PropertyTable;
import io.cbtguard.simulator.core.Registry;
import io.cbtguard.simulator.session.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One filter of a collector: which objects it selects now and what its client has yet to be told. A change of one
 * object costs a look into the set of selected objects, however many there are.
 */
final class PropertyFilter extends ManagedObject implements Registry.Listener {
    private static final PropertyTable TABLE = PropertyTable.<PropertyFilter>type("PropertyFilter")
            .value("spec", PropertyFilterSpec.class, filter -> filter.spec)
            .value("partialUpdates", Boolean.class, filter -> filter.partialUpdates)
            .build();

    private final PropertyFilterSpec spec;
    private final boolean partialUpdates;
    private final Session session;
    private final PathSet paths;
    private final Selection selection;
    private final Function<MoRef, @Nullable ManagedObject> lookup;
    private final Runnable wake;
    private final Set<ManagedObject> selected = new HashSet<>();
    private final Map<ManagedObject, Pending> pending = new LinkedHashMap<>();
    private final Map<ManagedObject, Pending> unacknowledged = new LinkedHashMap<>();
    private @Nullable ManagedObject view;
    private boolean selectionStale;

    /**
     * @param partialUpdates whether a change below a wanted path is told by its own path, else the wanted path's whole value
     * @param session whose user reads
     */
    PropertyFilter(
            MoRef ref,
            PropertyFilterSpec spec,
            boolean partialUpdates,
            Session session,
            Function<MoRef, @Nullable ManagedObject> lookup,
            Runnable wake) {
        super(ref);
        this.spec = spec;
        this.partialUpdates = partialUpdates;
        this.session = session;
        this.paths = new PathSet(spec.getPropSet());
        this.selection = new Selection(spec.getObjectSet(), lookup);
        this.lookup = lookup;
        this.wake = wake;
        restart();
    }

    @Override
    public PropertyTable properties() {
        return TABLE;
    }

    /** Forgets what the client knows: everything selected is to be told again. */
    void restart() {
        selected.clear();
        pending.clear();
        unacknowledged.clear();
        view = selection.onlyView();
        selectionStale = false;
        for (ManagedObject object : selection.evaluate()) {
            if (paths.wants(object)) {
                paths.of(object.properties());
                selected.add(object);
                pending.put(object, Pending.enter());
            }
        }
    }

    @Override
    public void changed(ManagedObject object, Collection<String> changed) {
        if (selected.contains(object)) {
            Collection<PropertyPath> touched =
                    partialUpdates ? paths.parts(object, changed) : paths.touched(object, changed);
            if (!touched.isEmpty()) {
                note(object, Pending.modify(touched));
            }
        }
        if (object != view && selection.follows(object, changed)) {
            selectionStale = true;
            wake.run();
        }
    }

    @Override
    public void removed(ManagedObject object) {
        leave(object);
    }

    @Override
    public void moved(ManagedObject object) {
        // out of the user's sight, if nothing else
        if (selected.contains(object) && lookup.apply(object.ref()) == null) {
            leave(object);
        }
    }

    @Override
    public void viewChanged(ManagedObject changed, Collection<ManagedObject> added, Collection<ManagedObject> gone) {
        if (changed == view) {
            added.forEach(this::enter);
            gone.forEach(this::leave);
        }
    }

    private void enter(ManagedObject object) {
        if (paths.wants(object) && selected.add(object)) {
            note(object, Pending.enter());
        }
    }

    private void leave(ManagedObject object) {
        if (selected.remove(object)) {
            note(object, Pending.leave());
        }
    }

    private void note(ManagedObject object, Pending update) {
        Pending earlier = pending.get(object);
        Pending both = earlier == null ? update : earlier.then(update);
        if (both == null) {
            pending.remove(object);
        } else {
            pending.put(object, both);
        }
        wake.run();
    }

    private void refreshSelection() {
        if (!selectionStale) {
            return;
        }
        selectionStale = false;
        Collection<ManagedObject> now;
        try {
            now = selection.evaluate();
        } catch (FaultException e) {
            // the start object is gone, and with it everything that was reached from it
            now = List.of();
        }
        Set<ManagedObject> gone = new HashSet<>(selected);
        now.forEach(object -> {
            gone.remove(object);
            enter(object);
        });
        gone.forEach(this::leave);
    }

    boolean hasPending() {
        refreshSelection();
        return !pending.isEmpty();
    }

    /** What was told last has arrived. */
    void acknowledge() {
        unacknowledged.clear();
    }

    /** What was told last has not arrived: it is to be told again, before what came since. */
    void tellAgain() {
        Map<ManagedObject, Pending> since = new LinkedHashMap<>(pending);
        pending.clear();
        pending.putAll(unacknowledged);
        unacknowledged.clear();
        since.forEach(this::note);
    }

    /** Takes at most {@code limit} updates; null when there are none. */
    @Nullable PropertyFilterUpdate take(int limit) {
        refreshSelection();
        if (pending.isEmpty() || limit <= 0) {
            return null;
        }
        PropertyFilterUpdate update = new PropertyFilterUpdate();
        update.setFilter(toVim());
        Iterator<Map.Entry<ManagedObject, Pending>> entries = pending.entrySet().iterator();
        List<ObjectUpdate> told = new ArrayList<>();
        while (entries.hasNext() && told.size() < limit) {
            Map.Entry<ManagedObject, Pending> entry = entries.next();
            told.add(Contents.update(
                    entry.getKey(), entry.getValue(), paths.of(entry.getKey().properties()), session));
            unacknowledged.merge(entry.getKey(), entry.getValue(), (old, later) -> later);
            entries.remove();
        }
        update.getObjectSet().addAll(told);
        return update;
    }
}
