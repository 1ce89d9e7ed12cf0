package io.cbtguard.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.Snapshot;
import io.cbtguard.inventory.VcenterView;
import io.cbtguard.inventory.VirtualMachine;
import io.cbtguard.vsphere.VcenterTarget.Credentials;
import io.cbtguard.vsphere.VcenterTarget.TlsTrust;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a watch does on every vCenter; run against each that is there to run against. */
abstract class VcenterWatchContract {
    private final List<AutoCloseable> opened = new ArrayList<>();

    /** A vCenter that is running, for this test class. */
    abstract Server server();

    /** What the tests need to know of it and to do to it. */
    interface Server {
        URI uri();

        Credentials credentials();

        /** Ends every API session. */
        void endSessions() throws Exception;

        /** Makes it show a new change ID in the VM's next snapshot. */
        void mint(VimClient client, String vm) throws Exception;

        TlsTrust trust();

        /** Whether a revert is told by an event of its own. */
        boolean postsRevertEvents();
    }

    VcenterTarget target(@Nullable Position resumeFrom) {
        return new VcenterTarget("test/vc", server().uri(), server()::credentials, server().trust(), resumeFrom, null);
    }

    VcenterWatch open(VcenterTarget target, Told told) {
        VcenterWatch watch = new VimWatches().open(target, told);
        opened.add(watch);
        return watch;
    }

    VcenterWatch open() {
        return open(target(null), new Told());
    }

    VimClient client() {
        VimClient client = new VimClient(target(null));
        opened.add(client);
        return client;
    }

    static VirtualMachine anyVm(VcenterWatch watch) {
        return Told.view(watch, "the first view", view -> true).vms().stream()
                .min(java.util.Comparator.comparing(VirtualMachine::name))
                .orElseThrow();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
    }

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

    private void assertRevertedOnce(VcenterWatch watch, String vm, String task) throws Exception {
        Occurrence reverted = Told.occurrence(watch, vm, OccurrenceKind.REVERTED);
        assertThat(reverted.taskKey()).isEqualTo(task);
        assertThat(reverted.task()).containsIgnoringCase("revert");
        assertThat(reverted.user()).isNotEmpty();
        assertThat(reverted.interval().to().isBefore(reverted.interval().from()))
                .isFalse();
        if (server().postsRevertEvents()) {
            assertThat(reverted.eventKey()).isPositive();
            assertThat(reverted.eventType()).isEqualTo(EventFacts.REVERTED);
        }
        VcenterView later = watch.barrier().get(30, TimeUnit.SECONDS);
        assertThat(later.occurrences(vm))
                .filteredOn(
                        o -> o.kind() == OccurrenceKind.REVERTED && o.taskKey().equals(task))
                .hasSize(1);
        assertThat(later.tasksInFlight(vm)).isEmpty();
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
    void recovers_when_its_api_session_is_ended_and_loses_nothing() throws Exception {
        Told told = new Told();
        VcenterWatch watch = open(target(null), told);
        VirtualMachine vm = anyVm(watch);
        Told.soon("connected").until(() -> watch.health().connected());
        String snapshot = client().snapshot(vm.moRef(), "kept");
        Told.occurrence(watch, vm.moRef(), OccurrenceKind.SNAPSHOT_CREATED);

        server().endSessions();
        String task = client().revert(snapshot).getKey();
        Told.soon("the outage is told").until(() -> told.healths.stream().anyMatch(h -> h.outage() != null));
        Told.soon("connected again").until(() -> watch.health().connected());

        assertRevertedOnce(watch, vm.moRef(), task);
        assertThat(Told.has(watch.view().orElseThrow(), vm.moRef(), OccurrenceKind.GAP))
                .isFalse();
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

    @Test
    void a_wrong_password_is_said_and_mended_without_a_restart() {
        Supplier<Credentials> wrong =
                () -> new Credentials(server().credentials().username(), "wrong");
        Told told = new Told();
        VcenterWatch watch =
                open(new VcenterTarget("test/vc", server().uri(), wrong, server().trust(), null, null), told);

        Told.soon("it is said").until(() -> watch.health().outage() == Outage.CREDENTIALS_REJECTED);

        assertThat(watch.health().message()).contains("password");
        assertThat(told.healths).hasSize(1);
        assertThat(watch.barrier())
                .failsWithin(java.time.Duration.ofSeconds(5))
                .withThrowableThat()
                .withCauseInstanceOf(VcenterUnavailableException.class);
    }

    @Test
    void a_certificate_of_someone_else_is_rejected() {
        TlsTrust other = new TlsTrust(null, "00:11:22:33", false);
        VcenterWatch watch = open(
                new VcenterTarget("test/vc", server().uri(), server()::credentials, other, null, null), new Told());

        Told.soon("it is said").until(() -> watch.health().outage() == Outage.CERTIFICATE_REJECTED);

        assertThat(watch.health().message()).contains("thumbprint");
    }

    @Test
    void a_server_that_does_not_answer_is_unreachable() {
        VcenterWatch watch = open(
                new VcenterTarget(
                        "test/vc",
                        URI.create("https://127.0.0.1:9"),
                        server()::credentials,
                        server().trust(),
                        null,
                        null),
                new Told());

        Told.soon("it is said").until(() -> watch.health().outage() == Outage.UNREACHABLE);

        assertThat(watch.health().message()).contains("127.0.0.1:9");
    }

    @Test
    void another_vcenter_than_the_one_pinned_is_not_watched() {
        VcenterWatch watch = open(
                new VcenterTarget("test/vc", server().uri(), server()::credentials, server().trust(), null, "another"),
                new Told());

        Told.soon("it is said").until(() -> watch.health().outage() == Outage.REPLACED);

        assertThat(watch.view()).isEmpty();
    }

    @Test
    void logs_out_when_closed() throws Exception {
        VimClient client = client();
        int before = client.sessions();
        VcenterWatch watch = open();
        anyVm(watch);

        watch.close();

        assertThat(client.sessions()).isEqualTo(before);
    }
}
