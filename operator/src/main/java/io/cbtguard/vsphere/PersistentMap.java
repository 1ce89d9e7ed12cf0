package io.cbtguard.vsphere;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map from text that shares its structure with the maps it was made from: a hash trie of 32-way nodes. A change of
 * one entry among 40,000 copies three or four small arrays, so every published view can be a map of its own.
 *
 * @param <V> values, never null
 */
final class PersistentMap<V> {
    private static final int BITS = 5;
    private static final int LAST_SHIFT = 30;

    private final @Nullable Node<V> root;
    private final int size;

    private PersistentMap(@Nullable Node<V> root, int size) {
        this.root = root;
        this.size = size;
    }

    static <V> PersistentMap<V> empty() {
        return new PersistentMap<>(null, 0);
    }

    int size() {
        return size;
    }

    @Nullable V get(String key) {
        return root == null ? null : root.get(spread(key), 0, key);
    }

    PersistentMap<V> with(String key, V value) {
        Leaf<V> leaf = new Leaf<>(spread(key), key, value);
        if (root == null) {
            return new PersistentMap<>(leaf, 1);
        }
        boolean isNew = get(key) == null;
        return new PersistentMap<>(root.with(leaf, 0), isNew ? size + 1 : size);
    }

    PersistentMap<V> without(String key) {
        if (root == null || get(key) == null) {
            return this;
        }
        return new PersistentMap<>(root.without(spread(key), 0, key), size - 1);
    }

    void forEach(BiConsumer<String, V> action) {
        if (root != null) {
            root.forEach(action);
        }
    }

    List<V> values() {
        List<V> values = new ArrayList<>(size);
        forEach((key, value) -> values.add(value));
        return values;
    }

    private static int spread(String key) {
        int hash = key.hashCode();
        return hash ^ (hash >>> 16);
    }

    private sealed interface Node<V> {
        @Nullable V get(int hash, int shift, String key);

        Node<V> with(Leaf<V> leaf, int shift);

        @Nullable Node<V> without(int hash, int shift, String key);

        void forEach(BiConsumer<String, V> action);
    }

    private record Leaf<V>(int hash, String key, V value) implements Node<V> {
        @Override
        public @Nullable V get(int wanted, int shift, String wantedKey) {
            return key.equals(wantedKey) ? value : null;
        }

        @Override
        public Node<V> with(Leaf<V> leaf, int shift) {
            if (key.equals(leaf.key)) {
                return leaf;
            }
            if (hash == leaf.hash) {
                return new Collision<>(List.of(this, leaf));
            }
            return new Branch<V>(0, List.of()).with(this, shift).with(leaf, shift);
        }

        @Override
        public @Nullable Node<V> without(int wanted, int shift, String wantedKey) {
            return key.equals(wantedKey) ? null : this;
        }

        @Override
        public void forEach(BiConsumer<String, V> action) {
            action.accept(key, value);
        }
    }

    /** Different keys with the same hash. */
    private record Collision<V>(List<Leaf<V>> leaves) implements Node<V> {
        @Override
        public @Nullable V get(int hash, int shift, String key) {
            for (Leaf<V> leaf : leaves) {
                if (leaf.key.equals(key)) {
                    return leaf.value;
                }
            }
            return null;
        }

        @Override
        public Node<V> with(Leaf<V> leaf, int shift) {
            if (leaf.hash != leaves.getFirst().hash) {
                return new Branch<V>(0, List.of())
                        .place(this, leaves.getFirst().hash, shift)
                        .with(leaf, shift);
            }
            List<Leaf<V>> others = new ArrayList<>(leaves);
            others.removeIf(other -> other.key.equals(leaf.key));
            others.add(leaf);
            return new Collision<>(List.copyOf(others));
        }

        @Override
        public @Nullable Node<V> without(int hash, int shift, String key) {
            List<Leaf<V>> others = new ArrayList<>(leaves);
            others.removeIf(other -> other.key.equals(key));
            return others.size() == 1 ? others.getFirst() : new Collision<>(List.copyOf(others));
        }

        @Override
        public void forEach(BiConsumer<String, V> action) {
            leaves.forEach(leaf -> leaf.forEach(action));
        }
    }

    private static final class Branch<V> implements Node<V> {
        private final int present;
        private final Object[] children;

        Branch(int present, List<Node<V>> children) {
            this(present, children.toArray());
        }

        private Branch(int present, Object[] children) {
            this.present = present;
            this.children = children;
        }

        private static int bit(int hash, int shift) {
            return 1 << ((hash >>> Math.min(shift, LAST_SHIFT)) & 31);
        }

        private int slot(int bit) {
            return Integer.bitCount(present & (bit - 1));
        }

        @SuppressWarnings("unchecked")
        private Node<V> child(int slot) {
            return (Node<V>) children[slot];
        }

        @Override
        public @Nullable V get(int hash, int shift, String key) {
            int bit = bit(hash, shift);
            return (present & bit) == 0 ? null : child(slot(bit)).get(hash, shift + BITS, key);
        }

        /** Puts a node where nothing is yet. */
        Branch<V> place(Node<V> node, int hash, int shift) {
            int bit = bit(hash, shift);
            int slot = slot(bit);
            Object[] longer = new Object[children.length + 1];
            System.arraycopy(children, 0, longer, 0, slot);
            longer[slot] = node;
            System.arraycopy(children, slot, longer, slot + 1, children.length - slot);
            return new Branch<>(present | bit, longer);
        }

        @Override
        public Node<V> with(Leaf<V> leaf, int shift) {
            int bit = bit(leaf.hash, shift);
            if ((present & bit) == 0) {
                return place(leaf, leaf.hash, shift);
            }
            int slot = slot(bit);
            Object[] copy = Arrays.copyOf(children, children.length);
            copy[slot] = child(slot).with(leaf, shift + BITS);
            return new Branch<>(present, copy);
        }

        @Override
        public @Nullable Node<V> without(int hash, int shift, String key) {
            int bit = bit(hash, shift);
            int slot = slot(bit);
            Node<V> rest = child(slot).without(hash, shift + BITS, key);
            if (rest != null) {
                Object[] copy = Arrays.copyOf(children, children.length);
                copy[slot] = rest;
                return new Branch<>(present, copy);
            }
            if (children.length == 1) {
                return null;
            }
            Object[] shorter = new Object[children.length - 1];
            System.arraycopy(children, 0, shorter, 0, slot);
            System.arraycopy(children, slot + 1, shorter, slot, shorter.length - slot);
            return new Branch<>(present & ~bit, shorter);
        }

        @Override
        public void forEach(BiConsumer<String, V> action) {
            for (int slot = 0; slot < children.length; slot++) {
                child(slot).forEach(action);
            }
        }
    }
}
