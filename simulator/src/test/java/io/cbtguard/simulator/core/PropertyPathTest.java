package io.cbtguard.simulator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** A path is touched by changes above and below it, not beside it. */
class PropertyPathTest {
    @Test
    void aChangeAboveOrBelowTouches() {
        PropertyPath path = PropertyPath.of("config.hardware.device");
        assertThat(path.touchedBy("config.hardware.device")).isTrue();
        assertThat(path.touchedBy("config")).isTrue();
        assertThat(path.touchedBy("config.hardware.device[2000].backing")).isTrue();
    }

    @Test
    void aChangeBesideDoesNot() {
        PropertyPath path = PropertyPath.of("config.hardware.device");
        assertThat(path.touchedBy("config.hardware.deviceChange")).isFalse();
        assertThat(path.touchedBy("configIssue")).isFalse();
        assertThat(path.touchedBy("config.changeVersion")).isFalse();
    }

    @Test
    void aKeyMayHoldDotsAndBrackets() {
        assertThat(PropertyPath.of("config.extraConfig[\"scsi0:0.ctkEnabled\"].value")
                        .segments())
                .extracting(PropertyPath.Segment::name, PropertyPath.Segment::key)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("config", null),
                        org.assertj.core.groups.Tuple.tuple("extraConfig", "scsi0:0.ctkEnabled"),
                        org.assertj.core.groups.Tuple.tuple("value", null));
    }

    @Test
    void anUnfinishedKeyIsNoPath() {
        assertThatThrownBy(() -> PropertyPath.of("config.extraConfig[\"x")).isInstanceOf(FaultException.class);
    }
}
