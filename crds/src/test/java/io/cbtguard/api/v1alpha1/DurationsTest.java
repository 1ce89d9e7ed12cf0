package io.cbtguard.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({"24h,PT24H", "1h30m,PT1H30M", "0s,PT0S", "90m10s,PT1H30M10S", "30m1h,PT1H30M", "2160h,PT2160H"})
    void areSumsOfHoursMinutesAndSeconds(String text, Duration length) {
        assertThat(Durations.parse(text)).isEqualTo(length);
    }

    @ParameterizedTest(name = "not \"{0}\"")
    @ValueSource(strings = {"", "3d", "1 h", "h", "-1h", "1.5h", "1ms", "24H"})
    void areNothingElse(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse(text))
                .withMessageContaining("not a duration such as 24h or 1h30m: " + text);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"99999999999h", "99999999999m", "99999999999s"})
    void theLongestThatTheCrdsAdmitCanBeAddedToNow(String text) {
        assertThat(text).hasSize(Formats.DURATION_LENGTH);
        assertThat(Instant.now().plus(Durations.parse(text))).isAfter(Instant.now());
    }
}
