package io.cbtguard.simulator.core;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All managed objects that outlive an API session, under one lock, and the place where changes are announced. A change
 * goes to the listeners as object and paths: its cost does not depend on how many objects exist.
 */
public final class Registry {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<MoRef, ManagedObject> objects = new LinkedHashMap<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /** Hears of every change, with the lock held. */
    public interface Listener {
        default void added(ManagedObject object) {}

        default void removed(ManagedObject object) {}

        /** The object went to another place of the inventory; its paths are announced apart. */
        default void moved(ManagedObject object) {}

        default void changed(ManagedObject object, Collection<String> paths) {}

        /** The members of a view changed. */
        default void viewChanged(
                ManagedObject view, Collection<ManagedObject> added, Collection<ManagedObject> removed) {}
    }

    public <T extends @Nullable Object> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    public void run(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    /** A condition of the one lock. */
    public Condition newCondition() {
        return lock.newCondition();
    }

    public void listen(Listener listener) {
        listeners.add(listener);
    }

    public void forget(Listener listener) {
        listeners.remove(listener);
    }

    public void add(ManagedObject object) {
        requireLock();
        objects.put(object.ref(), object);
        listeners.forEach(listener -> listener.added(object));
    }

    public void remove(ManagedObject object) {
        requireLock();
        if (objects.remove(object.ref()) != null) {
            listeners.forEach(listener -> listener.removed(object));
        }
    }

    public void moved(ManagedObject object) {
        requireLock();
        listeners.forEach(listener -> listener.moved(object));
    }

    public void changed(ManagedObject object, String... paths) {
        changed(object, List.of(paths));
    }

    public void changed(ManagedObject object, Collection<String> paths) {
        requireLock();
        if (!paths.isEmpty()) {
            listeners.forEach(listener -> listener.changed(object, paths));
        }
    }

    public void viewChanged(ManagedObject view, Collection<ManagedObject> added, Collection<ManagedObject> removed) {
        requireLock();
        listeners.forEach(listener -> listener.viewChanged(view, added, removed));
    }

    public @Nullable ManagedObject find(MoRef ref) {
        return objects.get(ref);
    }

    public <T extends ManagedObject> T require(MoRef ref, Class<T> type) {
        ManagedObject object = objects.get(ref);
        if (!type.isInstance(object)) {
            throw Faults.notFound(ref);
        }
        return type.cast(object);
    }

    public Collection<ManagedObject> all() {
        return objects.values();
    }

    public <T extends ManagedObject> List<T> all(Class<T> type) {
        return objects.values().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** The object of a type with this moRef value or this name; {@link NoSuchElementException} when there is none. */
    public <T extends ManagedObject> T findByNameOrRef(String key, Class<T> type, Function<? super T, String> name) {
        requireLock();
        // classes are called as their API types; a name is looked for one by one
        ManagedObject byRef = objects.get(new MoRef(type.getSimpleName(), key));
        if (type.isInstance(byRef)) {
            return type.cast(byRef);
        }
        T named = null;
        for (ManagedObject object : objects.values()) {
            if (type.isInstance(object)) {
                if (object.ref().value().equals(key)) {
                    return type.cast(object);
                }
                if (named == null && name.apply(type.cast(object)).equals(key)) {
                    named = type.cast(object);
                }
            }
        }
        if (named == null) {
            throw new NoSuchElementException("no " + type.getSimpleName() + " " + key);
        }
        return named;
    }

    private void requireLock() {
        if (!lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("the inventory may only change under its lock");
        }
    }
}
