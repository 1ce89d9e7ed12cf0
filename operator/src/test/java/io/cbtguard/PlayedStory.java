package io.cbtguard;

import static org.awaitility.Awaitility.await;

import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.VMBackup;
import io.cbtguard.api.v1alpha1.VMRecord;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.awaitility.core.ConditionTimeoutException;

/** One play of the story, with a vCenter and objects of its own; all gone at the end, for the operator too. */
final class PlayedStory implements AutoCloseable {
    /** Records and statuses have followed by then, or they never do. */
    private static final Duration CONVERGED = Duration.ofSeconds(30);

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    final Crowd crowd;

    private final IntSupplier writes;
    private final Duration quiet;
    private final NavigableMap<Integer, StoryStep> steps = new TreeMap<>();

    /**
     * @param writes how many the operator has made so far
     * @param quiet how long none may come for a step to be over
     */
    PlayedStory(Crowd crowd, IntSupplier writes, Duration quiet) {
        this.crowd = crowd;
        this.writes = writes;
        this.quiet = quiet;
    }

    void play(StoryStep step) {
        play(step, () -> {});
    }

    /**
     * @param last happens when the step has been played, and what it leads to belongs to the step
     */
    void play(StoryStep step, Runnable last) {
        step.play(crowd);
        last.run();
        awaitQuiet();
        crowd.simulator.newestEvents(1).forEach(event -> steps.putIfAbsent(event.key(), step));
    }

    String end() {
        return StoryEnd.of(crowd, steps);
    }

    /** What is left, which is waited for to be as expected. */
    String awaitEnd(String expected) {
        try {
            await("the same end")
                    .atMost(CONVERGED)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> expected.equals(end()));
        } catch (ConditionTimeoutException differs) {
            return end(); // the caller shows the difference
        }
        awaitQuiet(); // and it stays so
        return end();
    }

    /** What a step leads to beyond what it waits for belongs to it too. */
    private void awaitQuiet() {
        await("no more writes")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(25))
                .during(quiet)
                .until(sameCount());
    }

    /** True as long as no write comes between two questions. */
    private Callable<Boolean> sameCount() {
        AtomicInteger before = new AtomicInteger(-1);
        return () -> {
            int now = writes.getAsInt();
            return before.getAndSet(now) == now;
        };
    }

    @Override
    public void close() {
        GuardBed bed = crowd.bed;
        remove(VMBackup.class, bed.shop);
        remove(ProtectedVM.class, bed.shop);
        crowd.first().deleteVcenter();
        remove(VMRecord.class, bed.own);
        crowd.close();
    }

    private <T extends HasMetadata> void remove(Class<T> kind, String namespace) {
        var objects = crowd.bed.admin.resources(kind).inNamespace(namespace);
        objects.delete();
        await(kind.getSimpleName() + "s are gone")
                .atMost(PATIENCE)
                .until(() -> objects.list().getItems().isEmpty());
    }
}
