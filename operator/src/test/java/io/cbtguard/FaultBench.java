package io.cbtguard;

import io.cbtguard.testkit.cluster.Clusters;
import io.cbtguard.testkit.proxy.ApiProxy;
import io.cbtguard.testkit.proxy.Plan;
import io.cbtguard.testkit.proxy.Write;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plays the story, each time with a vCenter and objects of its own, before one operator that is killed and started again
 * as the plans say and otherwise lives on from one story to the next.
 */
final class FaultBench implements AutoCloseable {
    private static final Duration QUIET = Duration.ofMillis(300);

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
    record Recording(Map<StoryStep, List<String>> writes, String end) {}

    Recording record() {
        try (PlayedStory story = story()) {
            Map<StoryStep, List<String>> writes = new EnumMap<>(StoryStep.class);
            for (StoryStep step : StoryStep.values()) {
                proxy.reset();
                story.play(step);
                writes.put(
                        step,
                        proxy.writes().stream()
                                .map(write -> address(write, story.crowd))
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
        try (PlayedStory story = story()) {
            for (StoryStep step : StoryStep.values()) {
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
        try (PlayedStory story = story()) {
            for (StoryStep step : StoryStep.values()) {
                if (step == plan.step()) {
                    arm(plan, story.crowd);
                }
                story.play(step);
                if (step == plan.step() && !proxy.awaitFired(Duration.ZERO)) {
                    return Optional.empty();
                }
            }
            return Optional.of(story.awaitEnd(expected));
        }
    }

    private PlayedStory story() {
        return new PlayedStory(
                Crowd.on(bed, "-s" + ++stories, 1), () -> proxy.writes().size(), QUIET);
    }

    private void arm(FaultPlan plan, Crowd crowd) {
        proxy.arm(
                new Plan(plan.kind(), write -> address(write, crowd).equals(plan.object()), plan.ordinal()),
                operator::killAndStart);
    }

    /** After a failed story nothing of it may live on in the operator's memory. */
    void startAfresh() {
        operator.restart();
    }

    Path log() {
        return operator.log();
    }

    private static String address(Write write, Crowd crowd) {
        String path = write.path().replaceFirst("\\?.*", "").replaceFirst("^.*/namespaces/[^/]+/", "");
        return write.verb() + " " + path.replace(crowd.suffix, "");
    }

    @Override
    public void close() {
        operator.close();
        proxy.close();
        bed.close();
    }
}
