package io.cbtguard.vsphere;

import io.cbtguard.simulator.Simulator;
import io.cbtguard.simulator.SimulatorOptions;
import io.cbtguard.vsphere.VcenterTarget.Credentials;
import io.cbtguard.vsphere.VcenterTarget.TlsTrust;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The watch against our own simulator, which announces tasks, mints change IDs and restores on a revert. */
@Tag("simulator")
class SimulatorWatchIT extends VcenterWatchContract {
    private static Simulator simulator;

    @BeforeAll
    static void start() {
        simulator = Simulator.start(SimulatorOptions.defaults().withVms(4));
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @Override
    Server server() {
        return new Own(simulator);
    }

    record Own(Simulator simulator) implements Server {
        @Override
        public URI uri() {
            return URI.create("https://" + simulator.sdkUri().getAuthority());
        }

        @Override
        public Credentials credentials() {
            return new Credentials(simulator.userName(), simulator.password());
        }

        @Override
        public TlsTrust trust() {
            return new TlsTrust(simulator.caPem(), null, false);
        }

        @Override
        public void endSessions() throws Exception {
            try (VimClient client =
                    new VimClient(new VcenterTarget("test/admin", uri(), this::credentials, trust(), null, null))) {
                client.endOtherSessions();
            }
        }

        @Override
        public void mint(VimClient client, String vm) {}

        @Override
        public boolean postsRevertEvents() {
            return true;
        }
    }
}
