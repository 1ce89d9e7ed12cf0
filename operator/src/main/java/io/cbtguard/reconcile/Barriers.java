package io.cbtguard.reconcile;

import io.cbtguard.inventory.VcenterView;
import io.cbtguard.vsphere.VcenterUnavailableException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Objects that wait for a view at least as new as their question. A reconcile registers and returns; the object is woken when the
 * view is reached, and the next pass takes it.
 */
final class Barriers {
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();

    /** An answer mostly comes within this time; until then nothing needs to be said about waiting for it. */
    private static final Duration SOON = Duration.ofSeconds(1);

    /** An answer that nobody came for within this time says too little of the present. */
    private static final Duration LASTS = Duration.ofMinutes(1);

    private final LongSupplier nanos;
    private final AtomicLong swept;

    Barriers() {
        this(System::nanoTime);
    }

    /** @param nanos time that only goes on */
    Barriers(LongSupplier nanos) {
        this.nanos = nanos;
        this.swept = new AtomicLong(nanos.getAsLong());
    }

    /** @param answeredNanos when the answer came; 0 until then */
    private record Waiting(
            OpenWatch watch, CompletableFuture<VcenterView> view, long askedNanos, AtomicLong answeredNanos) {}

    /**
     * Where a question stands: exactly one of reached and failure is set once it is over, none of them before.
     *
     * @param young whether it was asked just now
     */
    record Stand(@Nullable VcenterView reached, @Nullable String failure, boolean young) {
        static Stand failed(String why) {
            return new Stand(null, why, false);
        }
    }

    /**
     * Asks, or takes the answer. An answer is given once: the next call asks anew.
     *
     * @param question what is asked for whom, such as the uid of a VMBackup and {@code commit}
     * @param done called when there is an answer
     */
    Stand ask(String question, OpenWatch watch, Runnable done) {
        sweep();
        Waiting mine = waiting.get(question);
        if (mine == null || mine.watch() != watch || isStale(mine)) {
            mine = begun(question, watch, done);
        }
        if (!mine.view().isDone()) {
            return new Stand(null, null, nanos.getAsLong() - mine.askedNanos() < SOON.toNanos());
        }
        waiting.remove(question, mine);
        if (mine.view().state() == Future.State.SUCCESS) {
            return new Stand(mine.view().resultNow(), null, false);
        }
        return Stand.failed(text(mine.view().exceptionNow()));
    }

    /** One that is answered at once wakes nobody, or whoever asks while vCenter is away would be woken by each of its questions. */
    private Waiting begun(String question, OpenWatch watch, Runnable done) {
        Waiting mine = new Waiting(watch, watch.watch().barrier(), nanos.getAsLong(), new AtomicLong());
        if (!mine.view().isDone()) {
            waiting.put(question, mine);
            var unused = mine.view().whenComplete((view, failure) -> {
                mine.answeredNanos().set(nanos.getAsLong());
                done.run();
            });
        }
        return mine;
    }

    private boolean isStale(Waiting mine) {
        long answered = mine.answeredNanos().get();
        return answered != 0 && nanos.getAsLong() - answered > LASTS.toNanos();
    }

    /** Answers that nobody comes for would each keep a whole view in memory. */
    private void sweep() {
        long now = nanos.getAsLong();
        long last = swept.get();
        if (now - last > LASTS.toNanos() && swept.compareAndSet(last, now)) {
            waiting.values().removeIf(this::isStale);
        }
    }

    /** This object is gone, and nobody waits for answers to it any more: each would keep a whole view in memory. */
    void forget(String whom) {
        waiting.keySet().removeIf(question -> question.endsWith(" " + whom));
    }

    int size() {
        return waiting.size();
    }

    private static String text(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof VcenterUnavailableException unavailable
                ? String.valueOf(unavailable.getMessage())
                : "vCenter did not answer: " + cause.getClass().getSimpleName();
    }
}
