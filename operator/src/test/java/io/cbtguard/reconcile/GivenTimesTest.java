package io.cbtguard.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times that people wrote before the CRDs refused what Java does not read. */
class GivenTimesTest {
    @Test
    void a_time_with_an_offset_is_read() {
        assertThat(GivenTimes.read("2026-11-24T03:00:00+02:00")).contains(Instant.parse("2026-11-24T01:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-24T03:00:00,123456789+00:00",
                "2026-11-24T03:00:00.1234567891Z",
                "2026-11-24T03:00:00+19:00",
                "2026-02-30T03:00:00Z"
            })
    void what_the_api_server_once_let_through_stops_nobody(String text) {
        assertThat(GivenTimes.read(text)).isEmpty();
    }
}
