package io.cbtguard.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.vmware.vim25.ArrayOfCustomFieldValue;
import com.vmware.vim25.CustomFieldStringValue;
import com.vmware.vim25.VirtualMachineConnectionState;
import io.cbtguard.simulator.event.PostedEvent;
import io.cbtguard.simulator.task.TaskFailedException;
import io.cbtguard.simulator.vm.VirtualMachines;
import io.cbtguard.simulator.vm.VmView;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A vCenter that is restored forgets what it knew since, while its hosts and their VMs go on. */
@Tag("simulator")
class RestoredVcenterIT {
    private Simulator simulator;
    private VirtualMachines vms;

    @BeforeEach
    void start() {
        simulator = Simulator.start(SimulatorOptions.defaults().withTls(false).withVms(5));
        vms = simulator.vms();
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private void goBackTo(VcenterBackup backup) {
        simulator.restore(backup, Duration.ZERO);
    }

    @Test
    void eventsSinceTheBackupAreGoneAndTheirKeysAreUsedForOthers() {
        vms.snapshot("web-01", "one");
        VcenterBackup backup = simulator.backUp();
        vms.revertToCurrent("web-01");
        PostedEvent lost = simulator.newestEvents(1).get(0);

        goBackTo(backup);
        assertThat(simulator.newestEvents(10)).extracting(PostedEvent::key).doesNotContain(lost.key());
        vms.as("bob").powerOff("app-01");

        assertThat(simulator.newestEvents(10)).anySatisfy(event -> {
            assertThat(event.key()).isEqualTo(lost.key());
            assertThat(event.userName()).isEqualTo("bob");
        });
    }

    @Test
    void whatHappenedOnTheHostsMeanwhileStays() {
        VcenterBackup backup = simulator.backUp();
        vms.snapshot("web-01", "one");
        vms.write("web-01", 2000, 0, 1);
        VmView before = vms.get("web-01");

        goBackTo(backup);

        VmView after = vms.get("web-01");
        assertThat(after.moRef()).isEqualTo(before.moRef());
        assertThat(after.disks()).isEqualTo(before.disks());
        assertThat(after.snapshot("one").disks())
                .isEqualTo(before.snapshot("one").disks());
        vms.revert("web-01", "one");
    }

    @Test
    void aMoRefIsGivenToAnotherVmThanBefore() {
        VcenterBackup backup = simulator.backUp();
        String first = vms.create("first", 1 << 20);
        String second = vms.create("second", 1 << 20);
        vms.powerOff("first");
        vms.destroy("first");

        goBackTo(backup);

        assertThat(vms.get("second").moRef()).isEqualTo(first).isNotEqualTo(second);
        assertThat(simulator.newestEvents(1).get(0).type()).isEqualTo("vim.event.VmDiscoveredEvent");
    }

    @Test
    void aVmThatWasRegisteredAnewHasItsOldMoRefAgain() {
        String moRef = vms.get("web-01").moRef();
        VcenterBackup backup = simulator.backUp();
        vms.powerOff("web-01");
        String path = vms.unregister("web-01");
        assertThat(vms.register(path)).isNotEqualTo(moRef);

        goBackTo(backup);

        assertThat(vms.get("web-01").moRef()).isEqualTo(moRef);
    }

    @Test
    void aVmThatIsNoLongerThereIsOrphaned() throws Exception {
        String moRef = vms.get("web-01").moRef();
        VcenterBackup backup = simulator.backUp();
        vms.powerOff("web-01");
        vms.destroy("web-01");

        goBackTo(backup);

        try (VimTestClient client = VimTestClient.loggedIn(simulator)) {
            assertThat(client.property(VimTestClient.vm(moRef), "runtime.connectionState"))
                    .isEqualTo(VirtualMachineConnectionState.ORPHANED);
        }
        assertThatThrownBy(() -> vms.powerOn("web-01")).isInstanceOf(TaskFailedException.class);
        vms.unregister("web-01");
        assertThat(vms.list()).extracting(VmView::name).doesNotContain("web-01");
    }

    @Test
    void sessionsEndAndTasksUnderWayAreLost() throws Exception {
        VimTestClient client = VimTestClient.loggedIn(simulator);
        VcenterBackup backup = simulator.backUp();
        simulator.setTaskDuration(Duration.ofMinutes(5));
        client.port.createSnapshotTask(VimTestClient.vm("vm-1001"), "one", "", false, false);

        goBackTo(backup);

        assertThat(simulator.openSessions()).isEmpty();
        simulator.setTaskDuration(Duration.ZERO);
        vms.snapshot("web-01", "two");
        assertThat(vms.get("web-01").snapshots()).extracting(VmView.Snap::name).containsExactly("two");
    }

    @Test
    void customAttributesAreThoseOfTheBackup() throws Exception {
        simulator.setCustomValue("web-01", "Backup status", "done", "alice");
        VcenterBackup backup = simulator.backUp();
        simulator.setCustomValue("web-01", "Backup status", "done later", "alice");
        vms.snapshot("web-01", "so that it gets a new entry");

        goBackTo(backup);

        try (VimTestClient client = VimTestClient.loggedIn(simulator)) {
            ArrayOfCustomFieldValue values = (ArrayOfCustomFieldValue) Objects.requireNonNull(
                    client.property(VimTestClient.vm(vms.get("web-01").moRef()), "customValue"));
            assertThat(values.getCustomFieldValue())
                    .singleElement()
                    .isInstanceOfSatisfying(CustomFieldStringValue.class, value -> assertThat(value.getValue())
                            .isEqualTo("done"));
        }
    }

    @Test
    void aBackupCanBeRestoredTwice() {
        VcenterBackup backup = simulator.backUp();
        List<PostedEvent> then = simulator.newestEvents(100);
        for (int i = 0; i < 2; i++) {
            vms.snapshot("web-01", "one");
            vms.removeAllSnapshots("web-01");
            goBackTo(backup);
            assertThat(simulator.newestEvents(100)).isEqualTo(then);
        }
    }
}
