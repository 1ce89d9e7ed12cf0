package io.cbtguard.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequestTokensTest {
    @Test
    void what_is_short_is_kept_and_what_is_long_is_shortened_to_something_of_its_own() {
        String pages = "please ".repeat(10_000);

        assertThat(RequestTokens.of("2026-11-24")).isEqualTo("2026-11-24");
        assertThat(RequestTokens.of(pages)).hasSizeLessThan(80).isEqualTo(RequestTokens.of(pages));
        assertThat(RequestTokens.of(pages + "1")).isNotEqualTo(RequestTokens.of(pages + "2"));
    }
}
