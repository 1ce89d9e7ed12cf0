package io.cbtguard.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlanTest {
    private final Mix mix = Mix.read();

    @Test
    void aHistoryIsReadAsItIsWritten() {
        Plan plan = mix.plan(7, 20);

        assertThat(Plan.parse("# why\n" + plan.text())).isEqualTo(plan);
    }

    @Test
    void theSameHistoryIsPlayedTheSameTwice() {
        for (int seed = 1; seed <= 50; seed++) {
            Tally first = new Tally();
            Tally second = new Tally();

            Player.play(mix.plan(seed, 40), mix, first);
            Player.play(mix.plan(seed, 40), mix, second);

            assertThat(second.under("")).isEqualTo(first.under(""));
        }
    }

    @Test
    void shrinkingKeepsWhatTheFailureNeedsAndNothingElse() {
        Plan plan = mix.plan("stormy", 3, 60);
        Step first = plan.steps().get(11);
        Step second = plan.steps().get(47);

        Plan shortest = new Shrinker(p -> p.steps().contains(first) && p.steps().contains(second)).shrink(plan);

        assertThat(shortest.steps()).containsExactly(first, second);
    }

    @Test
    void quietHistoriesHaveNothingThatCouldCostAFull() {
        for (int seed = 1; seed <= 50; seed++) {
            assertThat(mix.plan("quiet", seed, 60).steps())
                    .extracting(step -> step.kind().group)
                    .containsOnly(StepKind.Group.WORK, StepKind.Group.OPERATOR);
        }
    }
}
