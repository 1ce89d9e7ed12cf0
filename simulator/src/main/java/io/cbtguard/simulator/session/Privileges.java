package io.cbtguard.simulator.session;

import io.cbtguard.simulator.core.MoRef;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What users may not do and objects that they may not see; everything else they may. */
public final class Privileges {
    private final Map<String, Set<String>> denied = new HashMap<>();
    private final Map<String, Set<MoRef>> hidden = new HashMap<>();

    private final Map<String, Map<MoRef, Set<String>>> withheld = new HashMap<>();

    /** Takes a privilege, such as {@code VirtualMachine.State.CreateSnapshot}, from a user, everywhere. */
    public synchronized void deny(String user, String privilege) {
        denied.computeIfAbsent(user, key -> new HashSet<>()).add(privilege);
    }

    /** Gives a user every privilege again. */
    public synchronized void grantAll(String user) {
        denied.remove(user);
    }

    public synchronized boolean isGranted(String user, String privilege) {
        return !denied.getOrDefault(user, Set.of()).contains(privilege);
    }

    /** Takes an object out of a user's sight, or puts it back; views learn of it by an announcement. */
    public synchronized void setHidden(String user, MoRef object, boolean isHidden) {
        Set<MoRef> objects = hidden.computeIfAbsent(user, key -> new HashSet<>());
        if (isHidden) {
            objects.add(object);
        } else {
            objects.remove(object);
        }
    }

    /**
     * Takes a property of one object from a user, or gives it back: answers then name it as missing.
     *
     * @param path such as {@code config.hardware}, with everything below it; empty for all properties
     */
    public synchronized void setWithheld(String user, MoRef object, String path, boolean isWithheld) {
        Set<String> paths =
                withheld.computeIfAbsent(user, key -> new HashMap<>()).computeIfAbsent(object, key -> new HashSet<>());
        if (isWithheld) {
            paths.add(path);
        } else {
            paths.remove(path);
        }
    }

    synchronized boolean isWithheld(String user, MoRef object, String path) {
        return withheld.getOrDefault(user, Map.of()).getOrDefault(object, Set.of()).stream()
                .anyMatch(held -> held.isEmpty() || path.equals(held) || path.startsWith(held + "."));
    }

    synchronized boolean isHidden(String user, MoRef object) {
        return hidden.getOrDefault(user, Set.of()).contains(object);
    }
}
