package io.cbtguard.simulator.block;

import io.cbtguard.simulator.core.AllocatedAnswer;
import java.util.HashSet;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * The tracking map of one disk in one file of its chain: for each block the number under which it changed last. A change
 * ID names the map and a number; what changed since is every block with a higher number.
 */
public final class ChangeTracking {
    private final String uuid;
    private final AllocatedAnswer answer;
    private final Set<Long> older;
    private final NavigableMap<Long, Integer> stamps;
    private int number;

    ChangeTracking(String uuid) {
        this(uuid, AllocatedAnswer.RIGHT, Set.of());
    }

    /**
     * @param answer what {@code *} answers with
     * @param older blocks that lie in files below the live one as tracking begins
     */
    ChangeTracking(String uuid, AllocatedAnswer answer, Set<Long> older) {
        this(uuid, answer, Set.copyOf(older), 1, new TreeMap<>());
    }

    private ChangeTracking(
            String uuid, AllocatedAnswer answer, Set<Long> older, int number, NavigableMap<Long, Integer> stamps) {
        this.uuid = uuid;
        this.answer = answer;
        this.older = older;
        this.number = number;
        this.stamps = stamps;
    }

    ChangeTracking copy() {
        return new ChangeTracking(uuid, answer, older, number, new TreeMap<>(stamps));
    }

    /** Whether {@code *} answers with the whole disk. */
    boolean answersWhole() {
        return answer == AllocatedAnswer.WHOLE_DISK;
    }

    /** Allocated blocks that {@code *} leaves out. */
    Set<Long> overlooked() {
        if (answer != AllocatedAnswer.LIVE_FILE_ONLY) {
            return Set.of();
        }
        Set<Long> blocks = new HashSet<>(older);
        blocks.removeAll(stamps.keySet());
        return blocks;
    }

    void confuse() {
        stamps.clear();
    }

    public String uuid() {
        return uuid;
    }

    public int number() {
        return number;
    }

    public String changeId() {
        return uuid + "/" + number;
    }

    /** A snapshot is taken: what was written so far belongs to the new number. */
    public void mint() {
        number++;
    }

    void touch(long block) {
        stamps.put(block, number + 1);
    }

    /** Blocks that changed after a number, by this map; not more than it knows itself to hold. */
    public NavigableMap<Long, Integer> changedAfter(int since) {
        NavigableMap<Long, Integer> changed = new TreeMap<>();
        stamps.forEach((block, stamp) -> {
            if (stamp > since) {
                changed.put(block, stamp);
            }
        });
        return changed;
    }

    /** An identity in the form of a change ID's first part, from 32 hexadecimal digits. */
    public static String format(String hex) {
        StringBuilder text = new StringBuilder(47);
        for (int i = 0; i < 16; i++) {
            if (i > 0) {
                text.append(i == 8 ? '-' : ' ');
            }
            text.append(hex, i * 2, i * 2 + 2);
        }
        return text.toString();
    }
}
