package io.cbtguard.simulator.block;

import static org.assertj.core.api.Assertions.assertThat;

import com.vmware.vim25.DiskChangeExtent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The tracking map is right as long as nobody reverts, and wrong in silence once somebody does. */
class TrackedHistoriesTest {
    private static final int BLOCKS = 40;
    private static final String UUID = ChangeTracking.format("0123456789abcdef0123456789abcdef");

    /** One history: writes and snapshots, and reverts if wanted; how many changed blocks later queries miss. */
    private static int missed(long seed, boolean reverts) {
        Random random = new Random(seed);
        DiskState live = new DiskState(BLOCKS * DiskState.BLOCK);
        live.startTracking(UUID);
        List<DiskState> snapshots = new ArrayList<>();
        long version = 0;
        int missed = 0;
        for (int step = 0; step < 40; step++) {
            int choice = random.nextInt(reverts ? 10 : 9);
            if (choice < 6) {
                live.write(random.nextInt(BLOCKS) * DiskState.BLOCK, DiskState.BLOCK, ++version, true);
            } else if (choice < 9) {
                Objects.requireNonNull(live.tracking()).mint();
                DiskState snapshot = live.copy();
                missed += snapshots.stream()
                        .mapToInt(base -> missed(base, snapshot))
                        .sum();
                snapshots.add(snapshot);
            } else if (!snapshots.isEmpty()) {
                live = snapshots.get(random.nextInt(snapshots.size())).copy();
            }
        }
        return missed;
    }

    private static int missed(DiskState base, DiskState target) {
        Set<Long> told = new HashSet<>();
        for (DiskChangeExtent extent : ChangedAreas.query(target, "file", 0, Objects.requireNonNull(base.changeId()))
                .getChangedArea()) {
            for (long at = extent.getStart(); at < extent.getStart() + extent.getLength(); at += DiskState.BLOCK) {
                told.add(at / DiskState.BLOCK);
            }
        }
        int missed = 0;
        for (long block = 0; block < BLOCKS; block++) {
            if (base.version(block) != target.version(block) && !told.contains(block)) {
                missed++;
            }
        }
        return missed;
    }

    @Test
    void withoutRevertsNoChangedBlockIsEverMissed() {
        for (int seed = 0; seed < 10_000; seed++) {
            assertThat(missed(seed, false)).as("seed %d", seed).isZero();
        }
    }

    @Test
    void withRevertsManyHistoriesMissBlocksWithoutAFault() {
        int wrong = 0;
        for (int seed = 0; seed < 10_000; seed++) {
            wrong += missed(seed, true) > 0 ? 1 : 0;
        }
        assertThat(wrong).isGreaterThan(1_000);
    }
}
