package io.cbtguard.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecordNameTest {
    @Test
    void isTheSameForTheSameVmAndAnotherForAnother() {
        String name = RecordName.of("lab", "vc-1", "vm-1");

        assertThat(name).isEqualTo(RecordName.of("lab", "vc-1", "vm-1")).startsWith("lab-");
        assertThat(name)
                .isNotEqualTo(RecordName.of("lab", "vc-1", "vm-2"))
                .isNotEqualTo(RecordName.of("lab", "vc-2", "vm-1"));
    }

    @Test
    void isAValidNameHoweverLongTheVcentersIs() {
        String name = RecordName.of("a".repeat(39) + ".very.long.name.of.a.vcenter" + "b".repeat(200), "vc", "vm");

        assertThat(name)
                .hasSizeLessThanOrEqualTo(63)
                .matches("[a-z0-9]([-a-z0-9.]*[a-z0-9])?")
                .doesNotContain(".-");
    }
}
