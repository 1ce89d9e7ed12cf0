package io.cbtguard.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Position;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Why a stretch of history is lost. */
class GapsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    @Test
    void whatComesAfterInTheSameOrderWasNoLongerKept() {
        assertThat(Gaps.reason(new Interval(new Position(2, 7, NOW), new Position(2, 900, NOW.plusSeconds(60)))))
                .isEqualTo("EventRetentionExceeded");
    }

    @Test
    void anotherOrderBeginsWhereHistoryWentBack() {
        assertThat(Gaps.reason(new Interval(new Position(0, 700, NOW), new Position(1, 90, NOW.minusSeconds(60)))))
                .isEqualTo("HistoryWentBack");
        assertThat(Gaps.reason(new Interval(new Position(0, 700, NOW), Position.ofTime(1, NOW.plusSeconds(60)))))
                .isEqualTo("HistoryWentBack");
    }
}
