package io.cbtguard.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.Snapshot;
import io.cbtguard.inventory.VcenterView;
import io.cbtguard.inventory.VirtualMachine;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a watch does on every vCenter; run against each that is there to run against. */
abstract class VcenterWatchContract extends VcenterOutageContract {
    @Test
    void shows_every_vm_with_its_disks_host_and_path_after_the_first_sync() {
        VcenterWatch watch = open();

        VcenterView view = Told.view(watch, "the first view", v -> true);

        assertThat(view.synced()).isTrue();
        assertThat(view.vms()).hasSizeGreaterThanOrEqualTo(2).allSatisfy(vm -> {
            assertThat(vm.configRead()).isTrue();
            assertThat(vm.connected()).isTrue();
            assertThat(vm.instanceUuid()).isNotEmpty();
            assertThat(vm.inventoryPath()).startsWith("/DC0/vm/").endsWith(vm.name());
            assertThat(vm.disks()).isNotEmpty().allSatisfy(disk -> {
                assertThat(disk.id()).isNotEmpty();
                assertThat(disk.capacityBytes()).isPositive();
                assertThat(disk.trackability()).isEqualTo(io.cbtguard.inventory.Trackability.TRACKABLE);
            });
            assertThat(view.host(String.valueOf(vm.host()))).isPresent();
        });
        assertThat(view.hosts()).isNotEmpty().allSatisfy(host -> assertThat(host.build())
                .isNotNull());
        assertThat(view.about().instanceUuid()).isNotEmpty();
        Told.soon("health is told").until(() -> watch.health().connected());
    }

    @Test
    void shows_a_new_snapshot_with_its_change_ids_and_when_it_was_made() throws Exception {
        VcenterWatch watch = open();
        VirtualMachine vm = anyVm(watch);
        VimClient client = client();
        server().mint(client, vm.moRef());

        String snapshot = client.snapshot(vm.moRef(), "backup");

        VcenterView view = Told.view(watch, "the snapshot is shown with its configuration", v -> v.vm(vm.moRef())
                .flatMap(seen -> seen.snapshot(snapshot))
                .filter(Snapshot::configRead)
                .isPresent());
        Snapshot seen = view.vm(vm.moRef()).orElseThrow().snapshot(snapshot).orElseThrow();
        assertThat(seen.name()).isEqualTo("backup");
        assertThat(seen.disks()).isNotEmpty().allSatisfy(disk -> assertThat(disk.changeId())
                .contains("/"));
        assertThat(seen.appeared()).isNotNull();
        assertThat(view.vm(vm.moRef()).orElseThrow().currentSnapshot()).isEqualTo(snapshot);

        Occurrence created = Told.occurrence(watch, vm.moRef(), OccurrenceKind.SNAPSHOT_CREATED);
        assertThat(created.snapshot()).isEqualTo(snapshot);
        assertThat(created.user()).isNotEmpty();
        assertThat(created.interval().overlaps(Objects.requireNonNull(seen.appeared())))
                .isTrue();
    }

    @Test
    void tells_of_a_revert_to_a_snapshot_once_with_user_and_task() throws Exception {
        VcenterWatch watch = open();
        VirtualMachine vm = anyVm(watch);
        VimClient client = client();
        String snapshot = client.snapshot(vm.moRef(), "before patching");
        Told.occurrence(watch, vm.moRef(), OccurrenceKind.SNAPSHOT_CREATED);

        String task = client.revert(snapshot).getKey();

        assertRevertedOnce(watch, vm.moRef(), task);
    }

    @Test
    void tells_of_a_revert_to_the_current_snapshot_which_properties_do_not_show() throws Exception {
        VcenterWatch watch = open();
        VirtualMachine vm = anyVm(watch);
        VimClient client = client();
        client.snapshot(vm.moRef(), "current");
        Told.occurrence(watch, vm.moRef(), OccurrenceKind.SNAPSHOT_CREATED);

        String task = client.revertToCurrent(vm.moRef()).getKey();

        assertRevertedOnce(watch, vm.moRef(), task);
    }

    @Test
    void a_barrier_reaches_what_was_done_just_before_it() throws Exception {
        VcenterWatch watch = open();
        VirtualMachine vm = anyVm(watch);
        VimClient client = client();

        for (int i = 0; i < 5; i++) {
            String name = "renamed-" + i;
            client.rename(vm.moRef(), name);
            VcenterView view = watch.barrier().get(30, TimeUnit.SECONDS);
            assertThat(view.vm(vm.moRef()).orElseThrow().name()).isEqualTo(name);
            assertThat(view.vm(vm.moRef()).orElseThrow().inventoryPath()).endsWith("/" + name);
        }
        client.rename(vm.moRef(), vm.name());
    }

    @Test
    void a_barrier_is_at_least_as_new_as_its_call() throws Exception {
        VcenterWatch watch = open();
        anyVm(watch);
        VimClient client = client();
        var before = VimTime.instant(client.port().currentTime(ApiSession.serviceInstance()));

        VcenterView view = watch.barrier().get(30, TimeUnit.SECONDS);

        assertThat(view.through().time()).isAfterOrEqualTo(before);
    }

    @Test
    void a_new_watch_resumes_at_the_cursor_and_learns_what_happened_meanwhile() throws Exception {
        VcenterWatch first = open();
        VirtualMachine vm = anyVm(first);
        first.setConcerned(Set.of(vm.moRef()));
        VimClient client = client();
        String snapshot = client.snapshot(vm.moRef(), "base");
        Told.occurrence(first, vm.moRef(), OccurrenceKind.SNAPSHOT_CREATED);
        VcenterView handled = first.barrier().get(30, TimeUnit.SECONDS);
        first.acknowledge(vm.moRef(), handled.through());
        Position cursor = first.cursor();
        first.close();

        String task = client.revert(snapshot).getKey();
        client.snapshot(vm.moRef(), "covers the tracks");
        VcenterWatch second = open(target(cursor), new Told());
        second.setConcerned(Set.of(vm.moRef()));

        VcenterView view = Told.view(second, "the revert is found", v -> v.occurrences(vm.moRef()).stream()
                .anyMatch(
                        o -> o.kind() == OccurrenceKind.REVERTED && o.taskKey().equals(task)));
        assertThat(Told.has(view, vm.moRef(), OccurrenceKind.GAP)).isFalse();
    }

    @Test
    void history_of_a_vm_is_read_again_from_a_position_on() throws Exception {
        VcenterWatch watch = open();
        VirtualMachine vm = anyVm(watch);
        Told.soon("connected").until(() -> watch.health().connected());
        VimClient client = client();
        Position from = watch.barrier().get(30, TimeUnit.SECONDS).through();
        String snapshot = client.snapshot(vm.moRef(), "base");
        String task = client.revert(snapshot).getKey();

        List<Occurrence> read = watch.readAgain(vm.moRef(), from).get(30, TimeUnit.SECONDS);

        assertThat(read)
                .filteredOn(
                        o -> o.kind() == OccurrenceKind.REVERTED && o.taskKey().equals(task))
                .hasSize(1);
        assertThat(read).noneMatch(o -> o.kind() == OccurrenceKind.GAP);
    }

    @Test
    void history_that_cannot_be_read_again_is_a_gap() throws Exception {
        VcenterWatch watch = open();
        VirtualMachine vm = anyVm(watch);
        Told.soon("connected").until(() -> watch.health().connected());
        Position foreign = new Position(0, 1_900_000_000L, java.time.Instant.now());

        List<Occurrence> read = watch.readAgain(vm.moRef(), foreign).get(30, TimeUnit.SECONDS);

        assertThat(read).anyMatch(o -> o.kind() == OccurrenceKind.GAP);
    }

    @Test
    void the_cursor_does_not_pass_what_is_not_acknowledged() throws Exception {
        VcenterWatch watch = open();
        VirtualMachine vm = anyVm(watch);
        watch.setConcerned(Set.of(vm.moRef()));
        VimClient client = client();
        String snapshot = client.snapshot(vm.moRef(), "base");
        client.revert(snapshot);
        Told.occurrence(watch, vm.moRef(), OccurrenceKind.REVERTED);
        Position before = Objects.requireNonNull(watch.cursor());
        // Logins are events too: history moves on without saying anything about this VM.
        client();
        client();
        VcenterView view = watch.barrier().get(30, TimeUnit.SECONDS);

        assertThat(watch.cursor()).isEqualTo(before);
        watch.acknowledge(vm.moRef(), view.through());
        assertThat(before.isBefore(Objects.requireNonNull(watch.cursor()))).isTrue();
        VcenterView after = watch.barrier().get(30, TimeUnit.SECONDS);
        assertThat(after.occurrences(vm.moRef())).isEmpty();
    }

    @Test
    void a_cursor_whose_event_is_not_in_history_is_a_gap() {
        Position foreign =
                new Position(0, 1_900_000_000L, java.time.Instant.now().minusSeconds(60));
        VcenterWatch watch = open(target(foreign), new Told());
        VirtualMachine vm = anyVm(watch);

        Occurrence gap = Told.occurrence(watch, vm.moRef(), OccurrenceKind.GAP);

        assertThat(gap.interval().from()).isEqualTo(foreign);
        assertThat(gap.interval().to().epoch()).isEqualTo(1);
        assertThat(gap.message()).contains("1900000000");
    }

    @Test
    void tells_how_tracking_is_switched() throws Exception {
        VcenterWatch watch = open();
        VirtualMachine vm = anyVm(watch);
        VimClient client = client();

        client.tracking(vm.moRef(), false);
        Told.view(
                watch,
                "tracking is off",
                v -> Boolean.FALSE.equals(v.vm(vm.moRef()).orElseThrow().changeTrackingEnabled()));
        client.tracking(vm.moRef(), true);
        Told.view(
                watch,
                "tracking is on",
                v -> Boolean.TRUE.equals(v.vm(vm.moRef()).orElseThrow().changeTrackingEnabled()));

        assertThat(Told.occurrence(watch, vm.moRef(), OccurrenceKind.RECONFIGURED)
                        .message())
                .containsIgnoringCase("changeTrackingEnabled");
    }
}
