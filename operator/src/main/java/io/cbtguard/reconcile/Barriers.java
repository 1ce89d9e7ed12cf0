package io.cbtguard.reconcile;

import io.cbtguard.inventory.VcenterView;
import io.cbtguard.vsphere.VcenterUnavailableException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Objects that wait for a view at least as new as their question. A reconcile registers and returns; the object is woken when the
 * view is reached, and the next pass takes it.
 */
final class Barriers {
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();

    /** An answer mostly comes within this time; until then nothing needs to be said about waiting for it. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private record Waiting(OpenWatch watch, CompletableFuture<VcenterView> view, long askedNanos) {}

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
        Waiting mine = waiting.get(question);
        if (mine == null || mine.watch() != watch) {
            mine = new Waiting(watch, watch.watch().barrier(), System.nanoTime());
            waiting.put(question, mine);
            var unused = mine.view().whenComplete((view, failure) -> done.run());
        }
        if (!mine.view().isDone()) {
            return new Stand(null, null, System.nanoTime() - mine.askedNanos() < SOON.toNanos());
        }
        waiting.remove(question, mine);
        if (mine.view().state() == Future.State.SUCCESS) {
            return new Stand(mine.view().resultNow(), null, false);
        }
        return Stand.failed(text(mine.view().exceptionNow()));
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
