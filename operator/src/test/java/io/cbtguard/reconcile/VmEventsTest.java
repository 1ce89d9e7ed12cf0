package io.cbtguard.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class VmEventsTest {
    @Test
    void a_long_note_is_cut_to_the_bytes_that_the_api_server_takes_and_within_no_character() {
        String note = "ü".repeat(800);

        String cut = VmEvents.shortened(note);

        assertThat(cut.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(1000, 1024);
        assertThat(cut).endsWith("ü…");
        assertThat(VmEvents.shortened("short")).isEqualTo("short");
    }
}
