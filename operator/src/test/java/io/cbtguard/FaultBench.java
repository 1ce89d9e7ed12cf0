package io.cbtguard;

import static org.awaitility.Awaitility.await;

import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.VMBackup;
import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.testkit.cluster.Clusters;
import io.cbtguard.testkit.proxy.ApiProxy;
import io.cbtguard.testkit.proxy.Plan;
import io.cbtguard.testkit.proxy.Write;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Plays the story, each time with a vCenter and objects of its own, before one operator that is killed and started again
 * as the plans say and otherwise lives on from one story to the next.
 */
final class FaultBench implements AutoCloseable {
    private static final Duration QUIET = Duration.ofMillis(300);
    /** Records and statuses have followed by then, or they never do. */
    private static final Duration CONVERGED = Duration.ofSeconds(30);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final GuardBed bed = GuardBed.installed(null);
    private final ApiProxy proxy =
            ApiProxy.start(Clusters.shared().server(), Clusters.shared().caPem());
    private final FaultedOperator operator;
    private int stories;

    FaultBench(Path folder) throws IOException {
        operator = FaultedOperator.start(bed.own, proxy, folder);
    }

    /**
     * An undisturbed story.
     *
     * @param writes of each step, as {@link FaultPlan} addresses them
     * @param end what it left
     */
    record Recording(Map<FaultStep, List<String>> writes, String end) {}

    Recording record() {
        try (Story story = new Story()) {
            Map<FaultStep, List<String>> writes = new EnumMap<>(FaultStep.class);
            for (FaultStep step : FaultStep.values()) {
                proxy.reset();
                story.play(step);
                writes.put(
                        step,
                        proxy.writes().stream()
                                .map(write -> address(write, story.estate))
                                .toList());
            }
            return new Recording(writes, story.end());
        } finally {
            operator.archiveClasses();
        }
    }

    /** Plays the story undisturbed; returns what it left, which is waited for to be as expected. */
    String play(String expected) {
        proxy.reset();
        try (Story story = new Story()) {
            for (FaultStep step : FaultStep.values()) {
                story.play(step);
            }
            return story.awaitEnd(expected);
        }
    }

    /**
     * Plays the story with a fault in it; returns what it left, which is waited for to be as expected, or nothing if the
     * write never came.
     */
    Optional<String> play(FaultPlan plan, String expected) throws InterruptedException {
        proxy.reset();
        try (Story story = new Story()) {
            for (FaultStep step : FaultStep.values()) {
                if (step == plan.step()) {
                    arm(plan, story.estate);
                }
                story.play(step);
                if (step == plan.step() && !proxy.awaitFired(Duration.ZERO)) {
                    return Optional.empty();
                }
            }
            return Optional.of(story.awaitEnd(expected));
        }
    }

    private void arm(FaultPlan plan, GuardedEstate estate) {
        proxy.arm(
                new Plan(plan.kind(), write -> address(write, estate).equals(plan.object()), plan.ordinal()),
                operator::killAndStart);
    }

    /** After a failed story nothing of it may live on in the operator's memory. */
    void startAfresh() {
        operator.restart();
    }

    Path log() {
        return operator.log();
    }

    private static String address(Write write, GuardedEstate estate) {
        String path = write.path().replaceFirst("\\?.*", "").replaceFirst("^.*/namespaces/[^/]+/", "");
        return write.verb() + " " + path.replace(estate.suffix, "");
    }

    /** What a step leads to beyond what it waits for belongs to it too. */
    private void awaitQuiet() {
        await("no more writes")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(25))
                .during(QUIET)
                .until(sameCount());
    }

    /** True as long as no write comes between two questions. */
    private Callable<Boolean> sameCount() {
        AtomicInteger before = new AtomicInteger(-1);
        return () -> {
            int now = proxy.writes().size();
            return before.getAndSet(now) == now;
        };
    }

    @Override
    public void close() {
        operator.close();
        proxy.close();
        bed.close();
    }

    /** A vCenter and objects of their own; all gone at the end, for the operator too. */
    private final class Story implements AutoCloseable {
        final GuardedEstate estate = GuardedEstate.on(bed, "-s" + ++stories);
        private final NavigableMap<Integer, FaultStep> steps = new TreeMap<>();

        void play(FaultStep step) {
            step.play(estate);
            awaitQuiet();
            estate.simulator.newestEvents(1).forEach(event -> steps.putIfAbsent(event.key(), step));
        }

        String end() {
            return StoryEnd.of(estate, steps);
        }

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

        @Override
        public void close() {
            remove(VMBackup.class, bed.shop);
            remove(ProtectedVM.class, bed.shop);
            estate.deleteVcenter();
            remove(VMRecord.class, bed.own);
            estate.close();
        }

        private <T extends HasMetadata> void remove(Class<T> kind, String namespace) {
            var objects = bed.admin.resources(kind).inNamespace(namespace);
            objects.delete();
            await(kind.getSimpleName() + "s are gone")
                    .atMost(PATIENCE)
                    .until(() -> objects.list().getItems().isEmpty());
        }
    }
}
