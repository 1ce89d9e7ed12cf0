package io.cbtguard.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class PositionTest {
    private static final Instant T = Instant.parse("2026-11-22T01:00:00.000001Z");

    @Test
    void event_keys_order_whatever_the_clock_says() {
        Position first = new Position(0, 10, T.plusSeconds(60));
        Position second = new Position(0, 11, T);
        assertThat(first.isBefore(second)).isTrue();
        assertThat(second.isBefore(first)).isFalse();
    }

    @Test
    void without_a_key_on_either_side_the_clock_orders() {
        assertThat(Position.ofTime(0, T).isBefore(new Position(0, 5, T.plusNanos(1000))))
                .isTrue();
        assertThat(new Position(0, 5, T).isBefore(Position.ofTime(0, T))).isFalse();
    }

    @Test
    void a_position_is_not_before_itself() {
        Position here = new Position(0, 10, T);
        assertThat(here.isBefore(here)).isFalse();
        assertThat(Interval.at(here).isBefore(Interval.at(here))).isFalse();
    }

    @Test
    void behind_the_same_event_the_clock_orders() {
        Position quiet = new Position(0, 10, T);
        Position anHourLater = new Position(0, 10, T.plusSeconds(3600));
        assertThat(quiet.isBefore(anHourLater)).isTrue();
        assertThat(anHourLater.isBefore(quiet)).isFalse();
    }

    @Test
    void a_new_epoch_comes_after_the_old_one_although_keys_and_clock_fell() {
        Position old = new Position(0, 991_234, T);
        Position restored = new Position(1, 17, T.minusSeconds(86_400));
        assertThat(old.isBefore(restored)).isTrue();
        assertThat(restored.isBefore(old)).isFalse();
    }

    @Test
    void intervals_that_share_an_end_overlap() {
        Interval a = new Interval(new Position(0, 1, T), new Position(0, 5, T));
        Interval b = new Interval(new Position(0, 5, T), new Position(0, 9, T));
        assertThat(a.overlaps(b)).isTrue();
        assertThat(a.isBefore(b)).isFalse();
        assertThat(a.union(b)).isEqualTo(new Interval(a.from(), b.to()));
    }
}
