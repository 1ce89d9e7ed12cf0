package io.cbtguard.vsphere;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The inventory tree above the VMs, by name and parent only, for their inventory paths. Touched by the watch's thread only. */
final class FolderPaths {
    private static final int DEEPEST = 64;

    private final Map<String, Node> nodes = new HashMap<>();
    private boolean changed;

    void apply(String moRef, String path, @Nullable Object value) {
        Node node = nodes.computeIfAbsent(moRef, none -> new Node());
        if ("name".equals(path) && value instanceof String name && !name.equals(node.name)) {
            node.name = name;
            changed = true;
        } else if ("parent".equals(path)) {
            String parent = VmState.moRef(value);
            changed |= !java.util.Objects.equals(parent, node.parent);
            node.parent = parent;
        }
    }

    void remove(String moRef) {
        changed |= nodes.remove(moRef) != null;
    }

    void retain(Set<String> moRefs) {
        changed |= nodes.keySet().retainAll(moRefs);
    }

    /** Whether paths may have changed since last asked. */
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    /** Such as {@code /DC0/vm/shop/web-01}; the root folder, which is in no container view, is left out. */
    String path(@Nullable String parent, String name) {
        Deque<String> names = new ArrayDeque<>();
        names.push(name);
        String at = parent;
        for (int depth = 0; at != null && depth < DEEPEST; depth++) {
            Node node = nodes.get(at);
            if (node == null) {
                break;
            }
            names.push(node.name);
            at = node.parent;
        }
        return "/" + String.join("/", names);
    }

    private static final class Node {
        private String name = "";
        private @Nullable String parent;
    }
}
