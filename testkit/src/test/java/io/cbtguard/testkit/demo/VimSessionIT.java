package io.cbtguard.testkit.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.vmware.vim25.TaskInfoState;
import io.cbtguard.testkit.vcsim.Vcsim;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The demo's own client speaks the protocol as an independent server understands it. */
@Tag("vcsim")
class VimSessionIT {
    private static Vcsim vcsim;

    @BeforeAll
    static void start() {
        vcsim = Vcsim.start(1);
    }

    @AfterAll
    static void stop() {
        vcsim.close();
    }

    @Test
    void aSnapshotIsTakenRevertedToByBothWaysAndRemoved() {
        try (var session = login(vcsim.password())) {
            String vm = session.vmNames().keySet().iterator().next();
            String snapshot = session.createSnapshot(vm, "before-patch");

            assertThat(snapshot).startsWith("snapshot-");
            assertThat(session.disks(snapshot)).isNotEmpty();
            assertThat(session.revertToSnapshot(snapshot).getState()).isEqualTo(TaskInfoState.SUCCESS);
            assertThat(session.revertToCurrentSnapshot(vm).getState()).isEqualTo(TaskInfoState.SUCCESS);
            session.removeSnapshot(snapshot);
            assertThatIllegalStateException()
                    .isThrownBy(() -> session.revertToCurrentSnapshot(vm))
                    .withMessageContaining("RevertToCurrentSnapshot_Task");
        }
    }

    @Test
    void vmsAreListedByNameAndAHostIsKnownForEach() {
        try (var session = login(vcsim.password())) {
            var names = session.vmNames();

            assertThat(names).hasSize(1).containsValue("DC0_C0_RP0_VM0");
            assertThat(session.hostOf(names.keySet().iterator().next())).startsWith("host-");
        }
    }

    @Test
    void aWrongPasswordIsToldAsSuch() {
        assertThatIllegalStateException()
                .isThrownBy(() -> login("wrong"))
                .withMessageStartingWith("vCenter refused login");
    }

    private static VimSession login(String password) {
        return VimSession.login(vcsim.sdkUrl(), vcsim.certificatePem(), vcsim.username(), password);
    }
}
