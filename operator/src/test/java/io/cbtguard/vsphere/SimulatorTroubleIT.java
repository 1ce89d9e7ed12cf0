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
import io.cbtguard.simulator.Simulator;
import io.cbtguard.simulator.SimulatorOptions;
import io.cbtguard.simulator.fault.FaultRule;
import io.cbtguard.simulator.fault.FaultRule.Kind;
import io.cbtguard.simulator.vm.VmView;
import io.cbtguard.vsphere.VcenterTarget.Credentials;
import io.cbtguard.vsphere.VcenterTarget.TlsTrust;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a watch does when hosts change and when things go wrong. */
@Tag("simulator")
class SimulatorTroubleIT {
    private final List<VcenterWatch> watches = new ArrayList<>();
    private final Told told = new Told();
    private Simulator simulator;
    private VmView vm;
    private VmView other;

    @BeforeEach
    void start() {
        simulator = Simulator.start(SimulatorOptions.defaults().withVms(4).withHosts(2));
        vm = simulator.vms().list().getFirst();
        other = simulator.vms().list().stream()
                .filter(each -> !each.host().equals(vm.host()))
                .findFirst()
                .orElseThrow();
    }

    @AfterEach
    void stop() {
        watches.forEach(VcenterWatch::close);
        simulator.close();
    }

    private VcenterTarget target(@Nullable Position resumeFrom, Supplier<Credentials> credentials) {
        return new VcenterTarget(
                "test/vc",
                URI.create("https://" + simulator.sdkUri().getAuthority()),
                credentials,
                new TlsTrust(null, simulator.thumbprint(), false),
                resumeFrom,
                simulator.instanceUuid());
    }

    private Credentials credentials() {
        return new Credentials(simulator.userName(), simulator.password());
    }

    private VcenterWatch open(@Nullable Position resumeFrom) {
        VcenterWatch watch = new VimWatches().open(target(resumeFrom, this::credentials), told);
        watches.add(watch);
        return watch;
    }

    private VcenterWatch connected() {
        VcenterWatch watch = open(null);
        Told.soon("connected").until(() -> watch.health().connected());
        return watch;
    }

    private static VcenterView now(VcenterWatch watch) throws Exception {
        return watch.barrier().get(60, TimeUnit.SECONDS);
    }

    /** A watch that has handled everything so far, closed; where a new one is to resume. */
    private Position cursorOfClosed() throws Exception {
        VcenterWatch watch = connected();
        watch.setConcerned(Set.of(vm.moRef(), other.moRef()));
        watch.acknowledge(vm.moRef(), now(watch).through());
        Position cursor = Objects.requireNonNull(watch.cursor());
        watch.close();
        return cursor;
    }

    @Test
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
    void a_migration_is_told_with_its_destination() {
        VcenterWatch watch = connected();

        simulator.vms().migrate(vm.moRef(), other.host());

        assertThat(Told.occurrence(watch, vm.moRef(), OccurrenceKind.MOVED).host())
                .isEqualTo(other.host());
        Told.view(watch, "it is there", v -> other.host()
                .equals(v.vm(vm.moRef()).orElseThrow().host()));
    }

    @Test
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
    void reverts_of_others_than_the_account_are_told_with_their_user() {
        VcenterWatch watch = connected();
        String snapshot = simulator.vms().snapshot(vm.moRef(), "base");

        simulator.vms().as("VSPHERE.LOCAL\\mallory").revert(vm.moRef(), snapshot);

        assertThat(Told.occurrence(watch, vm.moRef(), OccurrenceKind.REVERTED).user())
                .isEqualTo("VSPHERE.LOCAL\\mallory");
    }

    @Test
    void history_that_expired_while_nobody_watched_is_a_gap() throws Exception {
        Position cursor = cursorOfClosed();
        String snapshot = simulator.vms().snapshot(vm.moRef(), "base");
        simulator.vms().revert(vm.moRef(), snapshot);
        simulator.expireHistory(null);

        VcenterWatch watch = open(cursor);

        Occurrence gap = Told.occurrence(watch, vm.moRef(), OccurrenceKind.GAP);
        assertThat(gap.interval().from()).isEqualTo(cursor);
        assertThat(gap.interval().to().time()).isAfter(cursor.time());
        Told.occurrence(watch, other.moRef(), OccurrenceKind.GAP);
    }

    @Test
    void event_keys_that_fall_are_a_gap_and_what_follows_is_later_than_all_before() throws Exception {
        VcenterWatch watch = connected();
        simulator.setNextEventKey(2_000_000);
        simulator.vms().rename(vm.moRef(), "renamed");
        Position before = now(watch).through();

        simulator.setNextEventKey(1);
        String snapshot = simulator.vms().snapshot(vm.moRef(), "base");
        simulator.vms().revert(vm.moRef(), snapshot);

        Told.occurrence(watch, vm.moRef(), OccurrenceKind.GAP);
        Occurrence reverted = Told.occurrence(watch, vm.moRef(), OccurrenceKind.REVERTED);
        assertThat(before.isBefore(reverted.interval().to())).isTrue();
        assertThat(reverted.interval().to().epoch()).isEqualTo(1);
    }

    @Test
    void a_clock_that_steps_back_is_a_gap_and_nothing_after_it_is_lost() {
        VcenterWatch watch = connected();
        String snapshot = simulator.vms().snapshot(vm.moRef(), "base");
        Told.occurrence(watch, vm.moRef(), OccurrenceKind.SNAPSHOT_CREATED);

        simulator.setClockOffset(Duration.ofMinutes(-30));
        Told.occurrence(watch, vm.moRef(), OccurrenceKind.GAP);
        simulator.vms().revert(vm.moRef(), snapshot);

        Occurrence reverted = Told.occurrence(watch, vm.moRef(), OccurrenceKind.REVERTED);
        assertThat(reverted.interval().from().epoch()).isEqualTo(1);
    }

    @Test
    void a_restart_of_vcenter_loses_nothing() throws Exception {
        VcenterWatch watch = connected();
        String snapshot = simulator.vms().snapshot(vm.moRef(), "base");
        Told.occurrence(watch, vm.moRef(), OccurrenceKind.SNAPSHOT_CREATED);

        simulator.restart(Duration.ofMillis(500), false);
        simulator.vms().revert(vm.moRef(), snapshot);
        simulator.vms().powerOff(other.moRef());
        simulator.vms().destroy(other.moRef());

        Told.occurrence(watch, vm.moRef(), OccurrenceKind.REVERTED);
        Told.view(watch, "what was deleted is gone", v -> v.vm(other.moRef()).isEmpty());
        assertThat(now(watch).occurrences(vm.moRef())).noneMatch(o -> o.kind() == OccurrenceKind.GAP);
        assertThat(told.healths).anyMatch(health -> health.outage() == Outage.UNREACHABLE);
    }

    @Test
    void a_restart_that_lost_history_is_a_gap() {
        VcenterWatch watch = connected();

        simulator.restart(Duration.ofMillis(200), true);

        Told.occurrence(watch, vm.moRef(), OccurrenceKind.GAP);
    }

    @Test
    void a_collector_that_is_lost_is_replaced_within_the_api_session() throws Exception {
        VcenterWatch watch = connected();
        simulator
                .faults()
                .add(FaultRule.of("WaitForUpdatesEx", Kind.SOAP_FAULT)
                        .withFault("InvalidCollectorVersion")
                        .times(1));

        simulator.vms().rename(vm.moRef(), "renamed");

        assertThat(now(watch).vm(vm.moRef()).orElseThrow().name()).isEqualTo("renamed");
        simulator.vms().rename(vm.moRef(), "again");
        assertThat(now(watch).vm(vm.moRef()).orElseThrow().name()).isEqualTo("again");
        assertThat(watch.health().connected()).isTrue();
        assertThat(told.healths).hasSize(1);
    }

    @Test
    void connections_that_break_in_any_call_lose_nothing() throws Exception {
        VcenterWatch watch = connected();
        int reverts = 0;
        List<Kind> kinds = List.of(Kind.DROP_ANSWER, Kind.CUT, Kind.HTTP_STATUS);
        for (String method : List.of("WaitForUpdatesEx", "ReadNextEvents", "RetrievePropertiesEx")) {
            for (Kind kind : kinds) {
                simulator.faults().add(FaultRule.of(method, kind).times(1));
                String snapshot = simulator.vms().snapshot(vm.moRef(), "base");
                simulator.vms().revert(vm.moRef(), snapshot);
                simulator.vms().removeAllSnapshots(vm.moRef());
                reverts++;
                // One at a time: pauses between attempts grow while no connection lasts.
                Told.soon("it struck, and a connection lasts again")
                        .until(() -> simulator.faults().all().isEmpty()
                                && watch.health().connected());
            }
        }
        int expected = reverts;
        Told.soon("every revert is told once")
                .untilAsserted(() -> assertThat(watch.view().orElseThrow().occurrences(vm.moRef()))
                        .filteredOn(o -> o.kind() == OccurrenceKind.REVERTED)
                        .extracting(Occurrence::taskKey)
                        .doesNotHaveDuplicates()
                        .hasSize(expected));
        simulator.faults().clear();
        assertThat(now(watch).occurrences(vm.moRef())).noneMatch(o -> o.kind() == OccurrenceKind.GAP);
    }

    @Test
    void a_half_open_connection_is_noticed_when_something_is_asked() throws Exception {
        VcenterWatch watch = connected();
        simulator.faults().add(FaultRule.of("WaitForUpdatesEx", Kind.HALF_OPEN).times(1));
        simulator.vms().rename(vm.moRef(), "renamed");

        assertThat(watch.barrier()).failsWithin(Duration.ofSeconds(40));
        Told.soon("connected again").until(() -> watch.health().connected());
        assertThat(now(watch).vm(vm.moRef()).orElseThrow().name()).isEqualTo("renamed");
    }

    @Test
    void many_reconnections_leave_one_api_session() {
        VcenterWatch watch = connected();
        for (int i = 0; i < 5; i++) {
            int before = told.healths.size();
            simulator
                    .faults()
                    .add(FaultRule.of("RetrievePropertiesEx", Kind.DROP).times(1));
            Told.soon("it went and came back")
                    .until(() ->
                            told.healths.size() >= before + 2 && watch.health().connected());
        }

        assertThat(simulator.openSessions()).hasSize(1);
    }

    @Test
    void a_password_changed_in_vcenter_and_then_in_the_secret_needs_no_restart() {
        List<Credentials> secret = new ArrayList<>(List.of(credentials()));
        VcenterWatch watch = new VimWatches().open(target(null, secret::getFirst), told);
        watches.add(watch);
        Told.soon("connected").until(() -> watch.health().connected());

        simulator.accounts().set(simulator.userName(), "rotated");
        secret.set(0, new Credentials(simulator.userName(), "rotated"));
        simulator.killSessions();

        Told.soon("it noticed").until(() -> told.healths.stream().anyMatch(health -> !health.connected()));
        Told.soon("connected again").until(() -> watch.health().connected());
        assertThat(told.healths).noneMatch(health -> health.outage() == Outage.CREDENTIALS_REJECTED);
    }

    @Test
    void an_account_without_read_is_told_which_privilege_it_lacks() {
        simulator.privileges().deny(simulator.userName(), "System.Read");
        VcenterWatch watch = open(null);

        Told.soon("it is said").until(() -> watch.health().outage() == Outage.PRIVILEGES_MISSING);

        assertThat(watch.health().message()).contains("System.Read", "root folder");
        assertThat(watch.view()).isEmpty();
    }

    @Test
    void a_vm_out_of_the_account_s_sight_leaves_the_view_and_comes_back() {
        VcenterWatch watch = connected();

        simulator.setHidden(simulator.userName(), vm.moRef(), true);
        Told.view(watch, "it has gone", v -> v.vm(vm.moRef()).isEmpty());
        simulator.setHidden(simulator.userName(), vm.moRef(), false);
        Told.view(watch, "it is back", v -> v.vm(vm.moRef()).isPresent());
    }

    @Test
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
    void shows_what_the_extra_configuration_says_of_tracking() {
        VcenterWatch watch = connected();

        simulator.vms().setExtraConfig(vm.moRef(), Map.of("ctkDisallowed", "true"));

        Told.view(watch, "its disks are untrackable", v -> v.vm(vm.moRef()).orElseThrow().disks().stream()
                .allMatch(disk -> disk.trackability() == Trackability.CTK_DISALLOWED));
    }

    @Test
    void a_revert_brings_the_snapshot_s_change_ids_back() {
        VcenterWatch watch = connected();
        String snapshot = simulator.vms().snapshot(vm.moRef(), "base");
        simulator.vms().snapshot(vm.moRef(), "later");
        VmView reverted;

        simulator.vms().revert(vm.moRef(), snapshot);
        reverted = simulator.vms().get(vm.moRef());

        VcenterView view = Told.view(
                watch,
                "the VM stands on its snapshot again",
                v -> snapshot.equals(v.vm(vm.moRef()).orElseThrow().currentSnapshot()));
        assertThat(view.vm(vm.moRef()).orElseThrow().disks()).allSatisfy(disk -> assertThat(disk.changeId())
                .isEqualTo(reverted.disk(disk.key()).changeId()));
        assertThat(view.vm(vm.moRef()).orElseThrow().snapshots())
                .hasSize(2)
                .allSatisfy(shown -> assertThat(shown.configRead()).isTrue());
    }
}
