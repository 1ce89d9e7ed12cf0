package io.cbtguard.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void pauses_grow_from_a_second_to_a_minute_and_begin_anew_after_a_success() {
        Backoff backoff = new Backoff(new Random(1));

        assertThat(backoff.next(Outage.UNREACHABLE)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        for (int i = 0; i < 10; i++) {
            backoff.next(Outage.UNREACHABLE);
        }
        assertThat(backoff.next(Outage.UNREACHABLE)).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
        backoff.reset();
        assertThat(backoff.next(Outage.UNREACHABLE)).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void a_rejected_password_is_not_tried_often_enough_to_lock_the_account() {
        Backoff backoff = new Backoff(new Random(1));

        assertThat(backoff.next(Outage.CREDENTIALS_REJECTED)).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
        assertThat(backoff.next(Outage.CREDENTIALS_REJECTED)).isBetween(Duration.ofSeconds(150), Duration.ofMinutes(5));
        assertThat(backoff.next(Outage.CREDENTIALS_REJECTED)).isBetween(Duration.ofSeconds(150), Duration.ofMinutes(5));
        backoff.reset();
        assertThat(backoff.next(Outage.CREDENTIALS_REJECTED)).isLessThanOrEqualTo(Duration.ofSeconds(30));
    }
}
