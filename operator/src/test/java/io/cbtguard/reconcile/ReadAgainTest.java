package io.cbtguard.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.MovableClock;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.Position;
import io.cbtguard.judge.Reason;
import io.cbtguard.judge.record.Binding;
import io.cbtguard.judge.record.VmRecord;
import io.cbtguard.record.RecordRef;
import io.cbtguard.record.StoredRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** History that is read again for a single record. */
class ReadAgainTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    private boolean closing;
    private final StillWatch watch = new StillWatch() {
        @Override
        public CompletableFuture<List<Occurrence>> readAgain(String vmMoRef, Position from) {
            if (closing) {
                throw new RejectedExecutionException("closing");
            }
            return history;
        }
    };
    private final OpenWatch open = watch.opened(2, Clock.systemUTC(), Map.of());
    private final StoredRecord record = new StoredRecord(
            new RecordRef("guard", "r"),
            "uid",
            1,
            true,
            null,
            null,
            VmRecord.bound(new Binding("lab", "vc", "vc-uuid", "vm-uuid", "vm-1", "uid"), new Position(0, 1, NOW)));
    private final MovableClock clock = new MovableClock();
    private final Replays replays = new Replays(clock);

    private static Position at(long key) {
        return new Position(0, key, NOW.plusSeconds(key));
    }

    @Test
    void aReadingThatFailedIsBegunAnew() {
        watch.history = CompletableFuture.failedFuture(new IllegalStateException("away"));
        assertThat(replays.read(open, record, null, () -> {})).isEmpty();

        watch.history = CompletableFuture.completedFuture(List.of());

        assertThat(replays.read(open, record, null, () -> {})).contains(List.of());
    }

    @Test
    void aWatchThatIsBeingClosedFailsTheReadingAndNothingElse() {
        closing = true;
        assertThat(replays.read(open, record, null, () -> {})).isEmpty();

        closing = false;
        watch.history = CompletableFuture.completedFuture(List.of());

        assertThat(replays.read(open, record, null, () -> {})).contains(List.of());
    }

    @Test
    void onlyARecordOfAnOlderOrderThanTheWatchBeganInIsBehindIt() {
        assertThat(open.beginsBeyond(new Position(1, 90, NOW))).isTrue();
        assertThat(open.beginsBeyond(new Position(2, 1, NOW))).isFalse();
    }

    @Test
    void aRecordThatCouldNotLearnIsLookedAtAgainSoonWhileItsVcenterIsWatched() {
        Kept<Boolean> unlearned =
                new Kept<>(record, Gather.none(record.value(), NOW), Reason.CatchingUp, "read again", null);

        assertThat(VmRecordReconciler.again(unlearned, true, null)).isPresent();
        assertThat(VmRecordReconciler.again(unlearned, false, null)).isEmpty();
    }

    @Test
    void aReadingThatBeganBeforeMoreWasLetGoDoesNotTellOfThat() {
        watch.view = new StillView(at(5));
        replays.read(open, record, at(5), () -> {});
        watch.history.complete(List.of());
        assertThat(replays.read(open, record, at(5), () -> {})).isPresent();

        watch.history = new CompletableFuture<>();

        assertThat(replays.read(open, record, at(6), () -> {})).isEmpty();
    }

    @Test
    void noMoreIsLetGoThanAReadingCoversUntilItHasWaitedForTooLong() {
        watch.view = new StillView(at(5));
        assertThat(replays.letGo(record.ref(), at(9))).isEqualTo(at(9));
        replays.read(open, record, null, () -> {});

        assertThat(replays.letGo(record.ref(), at(9))).isEqualTo(at(5));
        clock.forward(Duration.ofHours(1));
        assertThat(replays.letGo(record.ref(), at(9)))
                .as("it is still being read")
                .isEqualTo(at(5));

        watch.history.complete(List.of());
        assertThat(replays.letGo(record.ref(), at(9))).isEqualTo(at(5));
        clock.forward(Duration.ofMinutes(2));
        assertThat(replays.letGo(record.ref(), at(9))).isEqualTo(at(9));
    }
}
