package io.cbtguard.vsphere;

import java.util.LinkedHashMap;
import java.util.Map;

/** What was noted last, as many entries as are worth remembering: the oldest entry goes for a new one. */
final class Remembered<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1;

    private final int most;

    Remembered(int most) {
        this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
    }
}
