package io.cbtguard.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the judge's fulls cost next to an oracle that sees the block maps; a sample of what docs/soundness.md states. */
class WasteTest {
    private static Tally tally;

    @BeforeAll
    static void play() {
        Soundness soundness = new Soundness(Mix.read(), "honest-same-build", 60);
        tally = soundness
                .run(1, 600, Runtime.getRuntime().availableProcessors())
                .tally();
    }

    @Test
    void theJudgeTakesMoreFullsThanTheOracleAndFarFewerThanAlwaysFull() {
        long oracle = tally.of("waste oracle full");

        assertThat(tally.of("waste guard full"))
                .isGreaterThan(oracle)
                .isLessThan(oracle * 3 / 2)
                .isLessThan(tally.of("waste runs"));
    }

    @Test
    void comparingTheUuidTakesFewerFullsAndLeavesPointsThatAreNotTheDisk() {
        assertThat(tally.of("waste uuid full")).isLessThan(tally.of("waste oracle full"));
        assertThat(tally.of("waste uuid unsound")).isGreaterThan(0);
    }

    @Test
    void everyFullOfTheJudgeHasAReasonAndIsNeededOrNot() {
        long byReason = tally.under("waste reason ").values().stream()
                .mapToLong(count -> count)
                .sum();

        assertThat(byReason).isEqualTo(tally.of("waste guard full"));
    }
}
