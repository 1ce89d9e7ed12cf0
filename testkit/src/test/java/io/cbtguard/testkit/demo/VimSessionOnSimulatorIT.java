package io.cbtguard.testkit.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.vmware.vim25.TaskInfoState;
import io.cbtguard.simulator.Simulator;
import io.cbtguard.simulator.SimulatorOptions;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a backup tool needs of a vCenter, on the simulator, which mints change IDs. */
@Tag("simulator")
class VimSessionOnSimulatorIT {
    private static final SimulatorOptions OPTIONS = SimulatorOptions.defaults().withVms(2);

    private static Simulator simulator;
    private static VimSession session;

    @BeforeAll
    static void start() {
        simulator = Simulator.start(OPTIONS);
        session = VimSession.login(simulator.sdkUri(), simulator.caPem(), OPTIONS.userName(), OPTIONS.password());
    }

    @AfterAll
    static void stop() {
        session.close();
        simulator.close();
    }

    @Test
    void everyDiskOfASnapshotHasAnIdAndAChangeId() {
        String snapshot = session.createSnapshot(vm("web-01"), "backup");

        assertThat(session.disks(snapshot)).hasSize(2).allSatisfy(disk -> {
            assertThat(disk.id()).startsWith("6000C29");
            assertThat(disk.changeId()).matches("[0-9a-f -]{47}/\\d+");
            assertThat(disk.capacityBytes()).isPositive();
        });
    }

    @Test
    void betweenTwoSnapshotsWithoutAWriteNothingChanged() {
        String vm = vm("app-01");
        var before = session.disks(session.createSnapshot(vm, "first")).getFirst();
        String second = session.createSnapshot(vm, "second");
        var after = session.disks(second).getFirst();

        assertThat(session.changedBytes(vm, second, after, Objects.requireNonNull(before.changeId())))
                .isZero();
    }

    @Test
    void aRevertEndsAndSaysWhichTaskItWas() {
        String vm = vm("web-01");
        String snapshot = session.createSnapshot(vm, "before-patch");

        var task = session.revertToSnapshot(snapshot);

        assertThat(task.getState()).isEqualTo(TaskInfoState.SUCCESS);
        assertThat(task.getDescriptionId()).isEqualTo("vm.Snapshot.revert");
    }

    private static String vm(String name) {
        return session.vmNames().entrySet().stream()
                .filter(e -> e.getValue().equals(name))
                .findFirst()
                .orElseThrow()
                .getKey();
    }
}
