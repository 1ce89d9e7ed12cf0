package io.cbtguard.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void oneLineForEachAndTheCountOfWhatIsMissing() {
        assertThat(Table.of(List.of(
                        Checked.ok("API server", "v1"),
                        Checked.note("VCenters", "there is none"),
                        Checked.missing("CRD x", "install it"))))
                .isEqualTo("""
                        CHECK        RESULT    REMARK
                        API server   ok        v1
                        VCenters     note      there is none
                        CRD x        missing   install it
                        1 of 3 are missing.
                        """);
    }

    @Test
    void aNoteIsNothingMissing() {
        assertThat(Table.of(List.of(Checked.note("VCenters", "none")))).endsWith("\nNothing is missing.\n");
    }

    @Test
    void whatAServerSaysCannotLookLikeALineOfTheTable() {
        assertThat(Table.of(List.of(Checked.missing("vCenter", "no\nAPI server   ok\u001b[2J"))))
                .contains("no API server   ok [2J\n")
                .hasLineCount(3);
    }
}
