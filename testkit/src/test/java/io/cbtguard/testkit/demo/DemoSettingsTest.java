package io.cbtguard.testkit.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoSettingsTest {
    @Test
    void withoutVariablesThereAreTwentyVmsAndOnlyTheQuickStartsIsProtected() {
        assertThat(DemoSettings.from(Map.of())).isEqualTo(new DemoSettings(20, false));
    }

    @Test
    void variablesChooseTheNumberOfVmsAndProtectAll() {
        assertThat(DemoSettings.from(Map.of("SIM_VMS", "1000", "PROTECT", "all")))
                .isEqualTo(new DemoSettings(1000, true));
    }

    @Test
    void anEmptyVariableCountsAsAbsentBecauseMakePassesThemOn() {
        assertThat(DemoSettings.from(Map.of("SIM_VMS", "", "PROTECT", ""))).isEqualTo(DemoSettings.DEFAULT);
    }

    @Test
    void aNumberThatIsNoneIsRefusedWithWhatToDo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DemoSettings.from(Map.of("SIM_VMS", "many")))
                .withMessage("SIM_VMS is \"many\": give the number of VMs, from 1 to 99999");
    }

    @Test
    void anUnknownWordForProtectIsRefusedWithWhatToDo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DemoSettings.from(Map.of("PROTECT", "some")))
                .withMessage("PROTECT is \"some\": leave it out, or set it to all");
    }
}
