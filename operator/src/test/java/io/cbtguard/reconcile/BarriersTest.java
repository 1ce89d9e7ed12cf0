package io.cbtguard.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Questions that wait for a view. */
class BarriersTest {
    private final StillWatch watch = new StillWatch();
    private final Clock clock = Clock.systemUTC();
    private final OpenWatch open = watch.opened(0, clock, Map.of());
    private final Barriers barriers = new Barriers();

    @Test
    void theQuestionsOfAnObjectGoWithIt() {
        barriers.ask("decide 4711", open, () -> {});
        barriers.ask("commit 4711", open, () -> {});
        barriers.ask("decide 14711", open, () -> {});

        barriers.forget("4711");

        assertThat(barriers.size()).isEqualTo(1);
    }
}
