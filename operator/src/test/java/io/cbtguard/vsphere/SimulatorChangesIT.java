package io.cbtguard.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.inventory.EsxBuild;
import io.cbtguard.inventory.Host;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.TaskInFlight;
import io.cbtguard.inventory.Trackability;
import io.cbtguard.inventory.VcenterView;
import io.cbtguard.simulator.vm.VmView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a watch tells of changes that only our simulator can make. */
@Tag("simulator")
class SimulatorChangesIT extends SimulatorFixture {
    @Test
    @VcsimLacks("updates and events when a host goes and comes back")
    void a_host_s_new_build_is_shown_and_its_absence_is_told_to_its_vms_only() {
        VcenterWatch watch = connected();

        simulator.hosts().setBuild(vm.host(), "8.0.3", "24585383");

        Told.view(watch, "the new build is shown", v -> v.host(vm.host())
                .map(Host::build)
                .filter(new EsxBuild("8.0.3", 24585383)::equals)
                .isPresent());
        assertThat(Told.occurrence(watch, vm.moRef(), OccurrenceKind.HOST_DISCONNECTED)
                        .host())
                .isEqualTo(vm.host());
        Told.occurrence(watch, vm.moRef(), OccurrenceKind.HOST_CONNECTED);
        assertThat(watch.view().orElseThrow().occurrences(other.moRef()))
                .noneMatch(o -> o.kind() == OccurrenceKind.HOST_DISCONNECTED);
        assertThat(told.changes).anyMatch(change -> change.vms().contains(vm.moRef()));
    }

    @Test
    @VcsimLacks("MigrateVM_Task")
    void a_migration_is_told_with_its_destination() {
        VcenterWatch watch = connected();

        simulator.vms().migrate(vm.moRef(), other.host());

        assertThat(Told.occurrence(watch, vm.moRef(), OccurrenceKind.MOVED).host())
                .isEqualTo(other.host());
        Told.view(watch, "it is there", v -> other.host()
                .equals(v.vm(vm.moRef()).orElseThrow().host()));
    }

    @Test
    @VcsimLacks("MigrateVM_Task, and events of a host that goes and comes back")
    void a_host_that_was_away_before_a_vm_left_it_concerns_that_vm_after_a_restart() throws Exception {
        Position cursor = cursorOfClosed();
        simulator.hosts().disconnect(vm.host());
        simulator.hosts().connect(vm.host());
        simulator.vms().migrate(vm.moRef(), other.host());

        VcenterWatch watch = open(cursor);

        assertThat(Told.occurrence(watch, vm.moRef(), OccurrenceKind.HOST_DISCONNECTED)
                        .host())
                .isEqualTo(vm.host());
        assertThat(watch.view().orElseThrow().occurrences(other.moRef()))
                .noneMatch(o -> o.kind() == OccurrenceKind.HOST_DISCONNECTED);
    }

    @Test
    @VcsimLacks("MigrateVM_Task, and events of a host that goes and comes back")
    void history_read_again_tells_of_the_hosts_that_the_vm_was_on() throws Exception {
        VcenterWatch watch = connected();
        Position from = now(watch).through();
        simulator.hosts().disconnect(vm.host());
        simulator.hosts().connect(vm.host());
        simulator.vms().migrate(vm.moRef(), other.host());

        List<Occurrence> ofVm = watch.readAgain(vm.moRef(), from).get(30, TimeUnit.SECONDS);
        List<Occurrence> ofOther = watch.readAgain(other.moRef(), from).get(30, TimeUnit.SECONDS);

        assertThat(ofVm)
                .extracting(Occurrence::kind)
                .containsSubsequence(
                        OccurrenceKind.HOST_DISCONNECTED, OccurrenceKind.HOST_CONNECTED, OccurrenceKind.MOVED);
        assertThat(ofOther).noneMatch(o -> o.kind() == OccurrenceKind.HOST_DISCONNECTED);
    }

    @Test
    @VcsimLacks("a task that fails when it is told to")
    void a_revert_that_failed_is_told_with_its_fault() {
        VcenterWatch watch = connected();
        String snapshot = simulator.vms().snapshot(vm.moRef(), "base");
        simulator.failNextTask("vm.Snapshot.revert", "InvalidState");

        try {
            simulator.vms().revert(vm.moRef(), snapshot);
        } catch (RuntimeException refused) {
            assertThat(refused).hasMessageContaining("InvalidState");
        }

        Occurrence failed = Told.occurrence(watch, vm.moRef(), OccurrenceKind.REVERT_FAILED);
        assertThat(failed.fault()).isEqualTo("InvalidState");
    }

    @Test
    @VcsimLacks("a task that takes as long as it is told to")
    void a_revert_under_way_is_shown_as_in_flight() throws Exception {
        VcenterWatch watch = connected();
        String snapshot = simulator.vms().snapshot(vm.moRef(), "base");
        simulator.setTaskDuration(Duration.ofSeconds(3));
        Thread revert = Thread.ofVirtual().start(() -> simulator.vms().revert(vm.moRef(), snapshot));

        VcenterView view = Told.view(
                watch, "it is in flight", v -> !v.tasksInFlight(vm.moRef()).isEmpty());

        assertThat(view.tasksInFlight(vm.moRef()))
                .extracting(TaskInFlight::revert)
                .containsExactly(true);
        assertThat(Told.has(view, vm.moRef(), OccurrenceKind.REVERTED)).isFalse();
        Told.occurrence(watch, vm.moRef(), OccurrenceKind.REVERTED);
        revert.join();
        assertThat(now(watch).tasksInFlight(vm.moRef())).isEmpty();
    }

    @Test
    @VcsimLacks("the event of a revert, and the name of the user whose task it was")
    void reverts_of_others_than_the_account_are_told_with_their_user_and_snapshot() {
        VcenterWatch watch = connected();
        String snapshot = simulator.vms().snapshot(vm.moRef(), "base");

        simulator.vms().as("VSPHERE.LOCAL\\mallory").revert(vm.moRef(), snapshot);

        Occurrence revert = Told.occurrence(watch, vm.moRef(), OccurrenceKind.REVERTED);
        assertThat(revert.user()).isEqualTo("VSPHERE.LOCAL\\mallory");
        assertThat(revert.snapshot()).isEqualTo("base");
    }

    @Test
    @VcsimLacks("users who do not see everything")
    void a_vm_out_of_the_account_s_sight_leaves_the_view_and_comes_back() {
        VcenterWatch watch = connected();

        simulator.setHidden(simulator.userName(), vm.moRef(), true);
        Told.view(watch, "it has gone", v -> v.vm(vm.moRef()).isEmpty());
        simulator.setHidden(simulator.userName(), vm.moRef(), false);
        Told.view(watch, "it is back", v -> v.vm(vm.moRef()).isPresent());
    }

    @Test
    @VcsimLacks("an announcement of a value that did not change")
    void equal_announcements_are_not_changes() throws Exception {
        VcenterWatch watch = connected();
        VcenterView before = now(watch);
        int changes = told.changes.size();

        simulator.vms().republish(vm.moRef(), "name", "config.hardware.device", "snapshot");

        VcenterView after = now(watch);
        assertThat(after.through().time()).isAfter(before.through().time());
        assertThat(told.changes).hasSize(changes);
    }

    @Test
    @VcsimLacks("nothing that is known: it has not been tried there")
    void shows_what_the_extra_configuration_says_of_tracking() {
        VcenterWatch watch = connected();

        simulator.vms().setExtraConfig(vm.moRef(), Map.of("ctkDisallowed", "true"));

        Told.view(watch, "its disks are untrackable", v -> v.vm(vm.moRef()).orElseThrow().disks().stream()
                .allMatch(disk -> disk.trackability() == Trackability.CTK_DISALLOWED));
    }

    @Test
    @VcsimLacks("a revert that restores the configuration")
    void a_revert_brings_the_snapshot_s_change_ids_back() {
        VcenterWatch watch = connected();
        String snapshot = simulator.vms().snapshot(vm.moRef(), "base");
        simulator.vms().snapshot(vm.moRef(), "later");
        VmView reverted;

        simulator.vms().revert(vm.moRef(), snapshot);
        reverted = simulator.vms().get(vm.moRef());

        VcenterView view = Told.view(
                watch,
                "the VM stands on its snapshot again, and the later one is still there",
                v -> snapshot.equals(v.vm(vm.moRef()).orElseThrow().currentSnapshot())
                        && v.vm(vm.moRef()).orElseThrow().snapshots().size() > 1);
        assertThat(view.vm(vm.moRef()).orElseThrow().disks()).allSatisfy(disk -> assertThat(disk.changeId())
                .isEqualTo(reverted.disk(disk.key()).changeId()));
        assertThat(view.vm(vm.moRef()).orElseThrow().snapshots())
                .hasSize(2)
                .allSatisfy(shown -> assertThat(shown.configRead()).isTrue());
    }
}
