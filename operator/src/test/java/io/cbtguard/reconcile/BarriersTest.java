package io.cbtguard.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.VcenterView;
import io.cbtguard.vsphere.Outage;
import io.cbtguard.vsphere.VcenterUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Questions that wait for a view. */
class BarriersTest {
    private static final VcenterView VIEW = new StillView(new Position(0, 1, Instant.EPOCH));

    private final StillWatch watch = new StillWatch();
    private final Clock clock = Clock.systemUTC();
    private final OpenWatch open = watch.opened(0, clock, Map.of());
    private long nanos = 1;
    private final Barriers barriers = new Barriers(() -> nanos);
    private final AtomicInteger woken = new AtomicInteger();

    @Test
    void theQuestionsOfAnObjectGoWithIt() {
        barriers.ask("decide 4711", open, () -> {});
        barriers.ask("commit 4711", open, () -> {});
        barriers.ask("decide 14711", open, () -> {});

        barriers.forget("4711");

        assertThat(barriers.size()).isEqualTo(1);
    }

    @Test
    void aQuestionThatFailsAtOnceWakesNobodyWhoWouldOnlyAskAgain() {
        watch.barrier = CompletableFuture.failedFuture(new VcenterUnavailableException(Outage.UNREACHABLE, "away"));

        assertThat(barriers.ask("decide 4711", open, woken::incrementAndGet).failure())
                .isEqualTo("away");

        assertThat(woken).hasValue(0);
        assertThat(barriers.size()).isZero();
    }

    @Test
    void anAnswerWakesWhoAskedAndIsGivenOnce() {
        assertThat(barriers.ask("decide 4711", open, woken::incrementAndGet).reached())
                .isNull();

        watch.barrier.complete(VIEW);

        assertThat(woken).hasValue(1);
        assertThat(barriers.ask("decide 4711", open, woken::incrementAndGet).reached())
                .isSameAs(VIEW);
        assertThat(barriers.size()).isZero();
    }

    private void anAnswerThatNobodyCameFor() {
        barriers.ask("decide 4711", open, woken::incrementAndGet);
        watch.barrier.complete(VIEW);
        nanos += Duration.ofMinutes(2).toNanos();
        watch.barrier = new CompletableFuture<>();
    }

    @Test
    void anAnswerThatNobodyCameForIsNoAnswerToWhoAsksMuchLater() {
        anAnswerThatNobodyCameFor();

        assertThat(barriers.ask("decide 4711", open, woken::incrementAndGet).reached())
                .isNull();
    }

    @Test
    void answersThatNobodyComesForAreNotKept() {
        anAnswerThatNobodyCameFor();

        barriers.ask("decide 4712", open, woken::incrementAndGet);

        assertThat(barriers.size()).isEqualTo(1);
    }
}
