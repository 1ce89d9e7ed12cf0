package io.cbtguard.simulator.vm;

import static org.assertj.core.api.Assertions.assertThat;

import com.vmware.vim25.DiskChangeExtent;
import io.cbtguard.simulator.Simulator;
import io.cbtguard.simulator.SimulatorOptions;
import io.cbtguard.simulator.block.ChangedAreas;
import io.cbtguard.simulator.block.DiskState;
import io.cbtguard.simulator.core.FaultException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whole operations on VMs at random, and after each snapshot the query from every snapshot before it: it tells of all that changed
 * unless somebody reverts or a host has a defect. Then it is wrong without a fault, which is the danger that is guarded against.
 */
@Tag("simulator")
class QueriedHistoriesIT {
    private static final int HISTORIES = 10_000;
    private static final int STEPS = 40;
    private static final int BLOCKS = 40;
    private static final int DISK = 2000;
    private static final long GROWTH = 1L << 30;

    /** What may happen besides writes, snapshots, their removal with writes meanwhile, migrations, growth and stuns. */
    enum World {
        FIXED_BUILDS(false, "6.0.0", "3247720"),
        REVERTS(true, "8.0.3", "24322831"),
        AFFECTED_BUILDS(false, "6.0.0", "3073146");

        private final boolean reverts;
        private final String version;
        private final String build;

        World(boolean reverts, String version, String build) {
            this.reverts = reverts;
            this.version = version;
            this.build = build;
        }
    }

    /** A snapshot as a backup remembers it: its change ID, and the truth, which no backup knows. */
    private record Base(String changeId, DiskState truth) {}

    @ParameterizedTest
    @EnumSource
    void missesAChangedBlockOnlyAfterARevertOrOnAnAffectedBuild(World world) {
        int wrong = 0;
        int queries = 0;
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults()
                .withTls(false)
                .withVms(HISTORIES)
                .withHosts(4)
                .withTaskDuration(Duration.ZERO)
                .withEsx(world.version, world.build))) {
            List<String> hosts =
                    simulator.hosts().list().stream().map(host -> host.name()).toList();
            List<VmView> vms = simulator.vms().list();
            for (int i = 0; i < HISTORIES; i++) {
                History history = new History(
                        simulator.vms(), simulator.vms().machine(vms.get(i).moRef()), hosts, new Random(i));
                for (int step = 0; step < STEPS; step++) {
                    history.step(world.reverts);
                }
                wrong += history.missed > 0 ? 1 : 0;
                queries += history.queries;
                if (i % 100 == 0) {
                    simulator.expireHistory(null);
                }
            }
        }
        System.out.printf(
                "changed areas, %s: %d of %d histories miss a changed block, %d queries%n",
                world, wrong, HISTORIES, queries);
        if (world == World.FIXED_BUILDS) {
            assertThat(wrong).isZero();
        } else {
            assertThat(wrong).isGreaterThan(HISTORIES / 20);
        }
    }

    private static final class History {
        private final VirtualMachines vms;
        private final VirtualMachine vm;
        private final String moRef;
        private final List<String> hosts;
        private final Random random;
        private final List<Base> bases = new ArrayList<>();
        private int missed;
        private int queries;

        History(VirtualMachines vms, VirtualMachine vm, List<String> hosts, Random random) {
            this.vms = vms;
            this.vm = vm;
            this.moRef = vm.ref().value();
            this.hosts = hosts;
            this.random = random;
        }

        void step(boolean reverts) {
            List<Snapshot> snapshots = vm.snapshots().all();
            int choice = random.nextInt(reverts ? 22 : 20);
            if (choice < 10) {
                write();
            } else if (choice < 14) {
                backUp();
            } else if (choice < 16 && !snapshots.isEmpty()) {
                consolidating();
                vms.removeSnapshot(moRef, any(snapshots).ref().value());
            } else if (choice == 16) {
                consolidating();
                vms.removeAllSnapshots(moRef);
            } else if (choice == 17) {
                vms.migrate(moRef, hosts.get(random.nextInt(hosts.size())));
            } else if (choice == 18 && snapshots.isEmpty()) {
                vms.growDisk(moRef, DISK, state().capacity() + GROWTH);
            } else if (choice == 19) {
                vms.stun(moRef);
            } else if (choice >= 20 && !snapshots.isEmpty()) {
                vms.revert(moRef, any(snapshots).ref().value());
            }
        }

        private void write() {
            vms.write(moRef, DISK, random.nextInt(BLOCKS) * DiskState.BLOCK, DiskState.BLOCK);
        }

        /** As at the start of the task that follows; tasks take no time here, so the guest's writes come before it. */
        private void consolidating() {
            vm.setConsolidating(true);
            write();
            vm.setConsolidating(false);
        }

        private void backUp() {
            String moRefOfSnapshot = vms.snapshot(moRef, "backup");
            DiskState target = vm.snapshots().all().stream()
                    .filter(snapshot -> snapshot.ref().value().equals(moRefOfSnapshot))
                    .map(snapshot ->
                            Objects.requireNonNull(snapshot.config().disk(DISK)).state())
                    .findFirst()
                    .orElseThrow();
            bases.forEach(base -> missed += missed(base, target));
            bases.add(new Base(Objects.requireNonNull(target.changeId()), target.copy()));
        }

        private int missed(Base base, DiskState target) {
            queries++;
            Set<Long> told = new HashSet<>();
            try {
                for (DiskChangeExtent extent :
                        ChangedAreas.query(target, "disk", 0, base.changeId()).getChangedArea()) {
                    for (long at = extent.getStart();
                            at < extent.getStart() + extent.getLength();
                            at += DiskState.BLOCK) {
                        told.add(at / DiskState.BLOCK);
                    }
                }
            } catch (FaultException refused) {
                return 0; // an error deceives nobody
            }
            int silently = 0;
            for (long block = 0; block < BLOCKS; block++) {
                silently += base.truth().version(block) != target.version(block) && !told.contains(block) ? 1 : 0;
            }
            return silently;
        }

        private DiskState state() {
            return Objects.requireNonNull(vm.config().disk(DISK)).state();
        }

        private Snapshot any(List<Snapshot> snapshots) {
            return snapshots.get(random.nextInt(snapshots.size()));
        }
    }
}
