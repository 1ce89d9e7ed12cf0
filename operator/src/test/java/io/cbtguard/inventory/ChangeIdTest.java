package io.cbtguard.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeIdTest {
    private static final String EPOCH = "52 05 a2 ce 6d 6d c9 59-d3 2e ad 19 e3 96 73 6d";

    @Test
    void epoch_and_number_are_what_stands_on_both_sides_of_the_slash() {
        assertThat(ChangeId.epoch(EPOCH + "/5")).hasValue(EPOCH);
        assertThat(ChangeId.number(EPOCH + "/5")).hasValue(5);
        assertThat(ChangeId.isWhole(EPOCH + "/5")).isTrue();
    }

    @Test
    void the_epoch_ends_at_the_first_slash() {
        assertThat(ChangeId.epoch(EPOCH + "/5/p0")).hasValue(EPOCH);
        assertThat(ChangeId.number(EPOCH + "/5/p0")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "*/123",
                "/5",
                "52 05",
                EPOCH + "/",
                EPOCH + "/+5",
                EPOCH + "/-5",
                EPOCH + "/٥",
                EPOCH + "/99999999999999999999"
            })
    void what_cannot_be_read_is_not_whole(String changeId) {
        assertThat(ChangeId.isWhole(changeId)).isFalse();
    }
}
