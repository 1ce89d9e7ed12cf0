package io.cbtguard.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A sample of what {@code make soundness} runs in full. */
class SoundnessTest {
    private static final int HISTORIES = 3_000;
    private static final int STEPS = 50;
    private static Soundness.Result result;

    @BeforeAll
    static void play() {
        Soundness soundness = new Soundness(Mix.read(), null, STEPS);
        result = soundness.run(1, HISTORIES, Runtime.getRuntime().availableProcessors());
    }

    @Test
    void noHistoryEndsWithAGoodPointThatDiffersFromTheDiskOrForcesAFullForNothing() {
        assertThat(result.failures())
                .as("failed histories; make soundness prints their shortest form")
                .isEmpty();
        assertThat(result.failed()).isZero();
        assertThat(result.tally().of("point strict Good wrong")).isZero();
    }

    @Test
    void theSameHistoriesAreDangerousForToolsThatOnlyCompareTheUuid() {
        assertThat(result.tally().of("uuid unsound")).isGreaterThan(500);
    }

    @Test
    void mostPointsAreGoodAllTheSame() {
        assertThat(result.tally().of("point strict Good faithful"))
                .isGreaterThan(result.tally().of("point strict Unknown faithful"))
                .isGreaterThan(HISTORIES);
    }

    @Test
    void everyKindOfStepToolAndRaceOccurs() {
        assertThat(result.tally().under("step ").keySet()).hasSize(StepKind.values().length);
        assertThat(result.tally().under("tool ").keySet()).hasSize(Habit.values().length);
        assertThat(result.tally().under("race: ").keySet()).hasSize(5);
        assertThat(result.tally().under("revert, ").keySet()).hasSize(6);
    }
}
