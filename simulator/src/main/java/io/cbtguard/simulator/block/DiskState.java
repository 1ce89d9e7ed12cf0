package io.cbtguard.simulator.block;

import io.cbtguard.simulator.core.AllocatedAnswer;
import java.util.NavigableMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A disk at one moment: the version of each block that was ever written, and the tracking map. A snapshot keeps a copy,
 * a revert brings the copy back.
 */
public final class DiskState {
    /** Bytes in one tracked block. */
    public static final long BLOCK = 64 * 1024;

    private final NavigableMap<Long, Long> versions;
    private long capacity;
    private @Nullable ChangeTracking tracking;

    public DiskState(long capacity) {
        this(capacity, new TreeMap<>(), null);
    }

    private DiskState(long capacity, NavigableMap<Long, Long> versions, @Nullable ChangeTracking tracking) {
        this.capacity = capacity;
        this.versions = versions;
        this.tracking = tracking;
    }

    public DiskState copy() {
        return new DiskState(capacity, new TreeMap<>(versions), tracking == null ? null : tracking.copy());
    }

    /** The content without the tracking map: what a clone gets. */
    public DiskState contentOnly() {
        return new DiskState(capacity, new TreeMap<>(versions), null);
    }

    public long capacity() {
        return capacity;
    }

    public void growTo(long bytes) {
        capacity = bytes;
    }

    public @Nullable ChangeTracking tracking() {
        return tracking;
    }

    /** The change ID that a backing shows; null while nothing is tracked. */
    public @Nullable String changeId() {
        return tracking == null ? null : tracking.changeId();
    }

    /** Tracking begins, with a new identity. */
    public void startTracking(String uuid) {
        tracking = new ChangeTracking(uuid);
    }

    /** As {@link #startTracking}, while files below the live one hold part of the disk. */
    public void startTrackingLate(String uuid, AllocatedAnswer answer) {
        tracking = new ChangeTracking(uuid, answer, versions.keySet());
    }

    /** What {@code *} answers with: what was ever written, as far as the map knows of it. */
    SortedSet<Long> allocated() {
        SortedSet<Long> blocks = new TreeSet<>(versions.keySet());
        if (tracking != null) {
            blocks.removeAll(tracking.overlooked());
        }
        return blocks;
    }

    /** The map forgets what it held, and goes on under its identity and number as if nothing had been. */
    public void confuseTracking() {
        if (tracking != null) {
            tracking.confuse();
        }
    }

    public void stopTracking() {
        tracking = null;
    }

    /** Keeps what another state's map remembers; for an assumption about reverts. */
    public void adoptTracking(@Nullable ChangeTracking other) {
        tracking = other == null ? null : other.copy();
    }

    /**
     * A write by the guest.
     *
     * @param version what the blocks hold from now on
     * @param noted false when the map misses it, as on hosts with the consolidation bug
     */
    public void write(long offset, long length, long version, boolean noted) {
        for (long block = offset / BLOCK; block * BLOCK < Math.min(offset + length, capacity); block++) {
            versions.put(block, version);
            if (noted && tracking != null) {
                tracking.touch(block);
            }
        }
    }

    /** The version of a block; 0 when it was never written. */
    public long version(long block) {
        return versions.getOrDefault(block, 0L);
    }

    /** Every block that was ever written, with its version. */
    public NavigableMap<Long, Long> versions() {
        return versions;
    }

    /** Fills in what lies at an offset: bytes that follow from disk, block and version; zeros where nothing was written. */
    public void read(long diskSeed, long offset, byte[] into) {
        for (int done = 0; done < into.length; ) {
            long at = offset + done;
            long block = at / BLOCK;
            int count = (int) Math.min(into.length - done, (block + 1) * BLOCK - at);
            long version = version(block);
            if (version != 0) {
                for (int i = 0; i < count; i++) {
                    long word = mix(diskSeed ^ (block << 20) ^ (version << 44) ^ ((at + i) >>> 3));
                    into[done + i] = (byte) (word >>> (((at + i) & 7) * 8));
                }
            }
            done += count;
        }
    }

    /** The finaliser of SplitMix64: neighbouring inputs give unrelated outputs. */
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
