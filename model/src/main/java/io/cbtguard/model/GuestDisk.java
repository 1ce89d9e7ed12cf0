package io.cbtguard.model;

import io.cbtguard.simulator.block.ChangeTracking;
import io.cbtguard.simulator.block.DiskState;
import org.jspecify.annotations.Nullable;

/** A virtual disk in one configuration: the live one, or a snapshot's. */
final class GuestDisk {
    /** The most blocks that a disk of the model can have. */
    static final int MOST_BLOCKS = 12;

    final String id;
    final int key;
    final String label;
    final boolean independent;
    DiskState state;
    boolean ctkEnabled;

    /** Tracking is switched on and waits for a stun. */
    boolean starting;

    GuestDisk(String id, int key, boolean independent, DiskState state) {
        this.id = id;
        this.key = key;
        this.label = "Hard disk " + (key - 1999);
        this.independent = independent;
        this.state = state;
        this.ctkEnabled = !independent;
    }

    /** The same disk in another configuration. */
    GuestDisk copy() {
        GuestDisk copy = new GuestDisk(id, key, independent, state.copy());
        copy.ctkEnabled = ctkEnabled;
        copy.starting = starting;
        return copy;
    }

    @Nullable ChangeTracking tracking() {
        return state.tracking();
    }

    int blocks() {
        return (int) (state.capacity() / DiskState.BLOCK);
    }

    void write(int block, long version) {
        state.write(block * DiskState.BLOCK, DiskState.BLOCK, version, true);
    }

    /** A write that the tracking map misses. */
    void writeUnnoted(int block, long version) {
        state.write(block * DiskState.BLOCK, DiskState.BLOCK, version, false);
    }

    /** The content, block by block; 0 is a block never written. */
    long[] image() {
        long[] image = new long[MOST_BLOCKS];
        state.versions().forEach((block, version) -> image[(int) (long) block] = version);
        return image;
    }
}
