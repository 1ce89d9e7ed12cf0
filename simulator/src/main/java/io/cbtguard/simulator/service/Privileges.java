package io.cbtguard.simulator.service;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What users may not do; everything else they may. */
public final class Privileges {
    private final Map<String, Set<String>> denied = new HashMap<>();

    /** Takes a privilege, such as {@code System.View}, from a user, everywhere. */
    public synchronized void deny(String user, String privilege) {
        denied.computeIfAbsent(user, key -> new HashSet<>()).add(privilege);
    }

    /** Gives a user everything again. */
    public synchronized void grantAll(String user) {
        denied.remove(user);
    }

    public synchronized boolean isGranted(String user, String privilege) {
        return !denied.getOrDefault(user, Set.of()).contains(privilege);
    }
}
