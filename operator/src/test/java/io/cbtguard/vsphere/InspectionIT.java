package io.cbtguard.vsphere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cbtguard.vsphere.Inspection.Granted;
import io.cbtguard.vsphere.Inspection.Privilege;
import io.cbtguard.vsphere.VcenterTarget.Credentials;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One look at a vCenter tells what a watch would meet, and leaves no trace. */
@Tag("simulator")
class InspectionIT extends SimulatorFixture {
    private Inspection inspect() {
        return Inspection.of(target(null, this::credentials));
    }

    @Test
    @VcsimLacks("privileges")
    void whatIsThereIsTold() {
        simulator.setSetting("event.maxAgeEnabled", true);
        simulator.setSetting("event.maxAge", 30);

        Inspection seen = inspect();

        assertThat(seen.about().instanceUuid()).isEqualTo(simulator.instanceUuid());
        assertThat(seen.privileges())
                .hasSameSizeAs(Privileges.REQUIRED)
                .extracting(Privilege::granted)
                .containsOnly(Granted.YES);
        assertThat(seen.eventRetention()).isEqualTo(Duration.ofDays(30));
    }

    @Test
    @VcsimLacks("privileges")
    void aPrivilegeThatLacksIsToldAndTheOthersToo() {
        simulator.privileges().deny(simulator.userName(), "System.Read");

        assertThat(inspect().privileges())
                .filteredOn(privilege -> privilege.granted() != Granted.YES)
                .singleElement()
                .satisfies(privilege -> {
                    assertThat(privilege.name()).isEqualTo("System.Read");
                    assertThat(privilege.granted()).isEqualTo(Granted.NO);
                    assertThat(privilege.isNeeded()).isTrue();
                });
    }

    @Test
    @VcsimLacks("a list of its sessions")
    void itsSessionIsClosed() {
        inspect();

        assertThat(simulator.openSessions()).isEmpty();
    }

    @Test
    @VcsimLacks("passwords")
    void aWrongPasswordIsTheReason() {
        assertThatThrownBy(() -> Inspection.of(target(null, () -> new Credentials(simulator.userName(), "wrong"))))
                .isInstanceOfSatisfying(VcenterUnavailableException.class, away -> {
                    assertThat(away.outage()).isEqualTo(Outage.CREDENTIALS_REJECTED);
                    assertThat(away).hasMessageNotContaining("wrong");
                });
    }
}
