package io.cbtguard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.vmware.vim25.DiskChangeExtent;
import io.cbtguard.simulator.core.AllocatedAnswer;
import io.cbtguard.simulator.core.Assumptions;
import io.cbtguard.simulator.vm.VirtualMachines;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The ways, besides a revert, in which QueryChangedDiskAreas is wrong without a fault. */
@Tag("simulator")
class WrongMapIT {
    private static final long BLOCK = 64 * 1024;
    private static final long GB = 1L << 30;

    private static List<DiskChangeExtent> query(Simulator simulator, String snapshot, String changeId)
            throws Exception {
        try (VimTestClient client = VimTestClient.loggedIn(simulator)) {
            String moRef = simulator.vms().get("web-01").snapshot(snapshot).moRef();
            return client.port
                    .queryChangedDiskAreas(
                            VimTestClient.vm("vm-1001"),
                            VimTestClient.reference("VirtualMachineSnapshot", moRef),
                            2000,
                            0,
                            changeId)
                    .getChangedArea();
        }
    }

    private static Simulator start(Assumptions assumptions) {
        return Simulator.start(SimulatorOptions.defaults()
                .withTls(false)
                .withVms(1)
                .withCbt(false)
                .withAssumptions(assumptions));
    }

    @ParameterizedTest
    @EnumSource
    void aStarOfTrackingThatBeganOnASnapshotIsAnsweredByTheAssumption(AllocatedAnswer answer) throws Exception {
        try (Simulator simulator = start(Assumptions.defaults().withAllocatedWithSnapshots(answer))) {
            VirtualMachines vms = simulator.vms();
            vms.write("web-01", 2000, 3 * BLOCK, 1);
            vms.snapshot("web-01", "somebody's");
            vms.setChangeTracking("web-01", true);
            vms.stun("web-01");
            vms.write("web-01", 2000, 9 * BLOCK, 1);
            vms.snapshot("web-01", "backup");

            List<DiskChangeExtent> told = query(simulator, "backup", "*");

            switch (answer) {
                case RIGHT ->
                    assertThat(told).extracting(DiskChangeExtent::getStart).containsExactly(3 * BLOCK, 9 * BLOCK);
                case LIVE_FILE_ONLY ->
                    assertThat(told).extracting(DiskChangeExtent::getStart).containsExactly(9 * BLOCK);
                case WHOLE_DISK ->
                    assertThat(told).singleElement().satisfies(all -> assertThat(all.getLength())
                            .isEqualTo(vms.get("web-01").disk(2000).capacity()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutSnapshotsAStarIsRightWhateverIsAssumed(AllocatedAnswer answer) throws Exception {
        try (Simulator simulator = start(Assumptions.defaults().withAllocatedWithSnapshots(answer))) {
            VirtualMachines vms = simulator.vms();
            vms.write("web-01", 2000, 3 * BLOCK, 1);
            vms.setChangeTracking("web-01", true);
            vms.stun("web-01");
            vms.snapshot("web-01", "backup");
            assertThat(query(simulator, "backup", "*"))
                    .extracting(DiskChangeExtent::getStart)
                    .containsExactly(3 * BLOCK);
        }
    }

    @ParameterizedTest(name = "{0} build {1}, {2} GB to {3} GB: {4}")
    @CsvSource({
        "5.5.0, 2403360, 40, 128, 0",
        "5.5.0, 2403360, 40, 127, 1",
        "5.5.0, 2403361, 40, 128, 1",
        "5.1.0, 2583089, 40, 600, 0",
        "5.1.0, 2583089, 130, 255, 1",
        "5.0.0, 2509827, 130, 256, 0",
        "8.0.3, 24322831, 40, 600, 1"
    })
    void growthPastABoundaryOnAnAffectedBuildLosesWhatTheMapHeld(
            String version, String build, long before, long after, int told) throws Exception {
        try (Simulator simulator = Simulator.start(
                SimulatorOptions.defaults().withTls(false).withVms(1).withHosts(1))) {
            VirtualMachines vms = simulator.vms();
            vms.growDisk("web-01", 2000, before * GB);
            simulator.hosts().setBuild("esx-01.example.com", version, build);
            vms.snapshot("web-01", "one");
            String since = Objects.requireNonNull(
                    vms.get("web-01").snapshot("one").disks().get(0).changeId());
            vms.removeAllSnapshots("web-01");
            vms.write("web-01", 2000, 5 * BLOCK, 1);

            vms.growDisk("web-01", 2000, after * GB);

            vms.snapshot("web-01", "two");
            assertThat(query(simulator, "two", since)).hasSize(told);
        }
    }
}
