package io.cbtguard.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.VcenterView;
import io.cbtguard.inventory.VirtualMachine;
import io.cbtguard.vsphere.VcenterTarget.Credentials;
import io.cbtguard.vsphere.VcenterTarget.TlsTrust;
import io.cbtguard.vsphere.VcenterWatch.Reach;
import java.net.URI;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a watch does on every vCenter that it cannot watch, or not for a while. */
abstract class VcenterOutageContract extends VcenterWatchFixture {
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

    @Test
    void tells_of_every_request_by_its_soap_operation_and_how_it_ended() throws Exception {
        Told told = new Told();
        VcenterWatch watch = open(target(null), told);
        watch.barrier().get(30, TimeUnit.SECONDS);
        watch.close();

        assertThat(told.requests)
                .contains(
                        "RetrieveServiceContent ok",
                        "Login ok",
                        "CreateContainerView ok",
                        "CurrentTime ok",
                        "WaitForUpdatesEx ok",
                        "Logout ok")
                .allMatch(request -> Character.isUpperCase(request.charAt(0)));
    }

    @Test
    void goes_on_reading_while_nothing_happens() throws Exception {
        VcenterWatch watch = open();
        VcenterView first = watch.barrier().get(30, TimeUnit.SECONDS);
        Instant later = first.observedAt().plusSeconds(2);

        Told.soon("both streams go on").until(() -> {
            Reach reach = watch.reach();
            return reach.inventory() != null
                    && reach.inventory().isAfter(later)
                    && reach.events() != null
                    && reach.events().isAfter(later);
        });
    }
}
