package io.cbtguard.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.VirtualMachine;
import io.cbtguard.testkit.vcsim.Vcsim;
import io.cbtguard.vsphere.VcenterTarget.Credentials;
import io.cbtguard.vsphere.VcenterTarget.TlsTrust;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The watch against stock vcsim, which is not ours: so we speak the protocol and not just our own idea of it. */
@Tag("vcsim")
class VcsimWatchIT extends VcenterWatchContract {
    private static Vcsim vcsim;

    @BeforeAll
    static void start() {
        vcsim = Vcsim.start(4);
    }

    @AfterAll
    static void stop() {
        vcsim.close();
    }

    @Override
    Server server() {
        return new Stock(vcsim);
    }

    record Stock(Vcsim vcsim) implements Server {
        private static final AtomicInteger NUMBER = new AtomicInteger();

        @Override
        public URI uri() {
            return URI.create("https://" + vcsim.sdkUrl().getAuthority());
        }

        @Override
        public Credentials credentials() {
            return new Credentials(vcsim.username(), vcsim.password());
        }

        @Override
        public TlsTrust trust() {
            return new TlsTrust(vcsim.certificatePem(), null, false);
        }

        @Override
        public void endSessions() {
            vcsim.endSessions();
        }

        @Override
        public void mint(VimClient client, String vm) throws Exception {
            client.tracking(vm, true);
            client.changeId(vm, "52 de c0 d9 b9 43 c8 84-9d 8b ac 79 9a 5f 6e 1c/" + NUMBER.incrementAndGet());
        }

        @Override
        public boolean postsRevertEvents() {
            return false;
        }
    }

    @Test
    void a_vm_deleted_during_an_outage_is_swept() throws Exception {
        VcenterWatch watch = open();
        VirtualMachine vm = Told.view(watch, "the first view", v -> true).vms().stream()
                .max(java.util.Comparator.comparing(VirtualMachine::name))
                .orElseThrow();
        VimClient client = client();

        String rule = vcsim.addFault("WaitForUpdatesEx", "NotAuthenticated", 0);
        Told.soon("the outage is seen").until(() -> watch.health().outage() != null || cancelled(watch));
        client.destroy(vm.moRef());
        vcsim.removeFault(rule);

        Told.view(watch, "it is gone", v -> v.vm(vm.moRef()).isEmpty());
        assertThat(Told.occurrence(watch, vm.moRef(), OccurrenceKind.IDENTITY).eventType())
                .contains("VmRemovedEvent");
    }

    /** Ends the long poll, so that the next one meets the fault. */
    private static boolean cancelled(VcenterWatch watch) {
        watch.barrier();
        return false;
    }

    @Test
    void goes_on_after_events_beyond_what_a_collector_holds() throws Exception {
        VcenterWatch watch = open();
        VirtualMachine vm = anyVm(watch);
        VimClient client = client();
        for (int i = 0; i < 1200; i++) {
            com.vmware.vim25.GeneralUserEvent event = new com.vmware.vim25.GeneralUserEvent();
            event.setMessage("noise " + i);
            event.setCreatedTime(VimTime.xml(java.time.Instant.now()));
            event.setUserName("");
            event.setFullFormattedMessage("");
            client.post(event);
        }

        client.tracking(vm.moRef(), true);

        Told.occurrence(watch, vm.moRef(), OccurrenceKind.RECONFIGURED);
    }
}
