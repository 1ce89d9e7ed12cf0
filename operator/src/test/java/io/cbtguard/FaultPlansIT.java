package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.testkit.proxy.Plan;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * The operator is killed before and after each of its writes, and each answer to one is lost: the same records, statuses
 * and decisions at the end. {@code -Dcbtguard.faults=all} runs all plans that have not passed yet, another value those
 * whose name contains it; without it a sample runs.
 */
@Tag("cluster")
@Tag("simulator")
@Tag("faults")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultPlansIT {
    private static final String WANTED = System.getProperty("cbtguard.faults", "");
    /** A write that depends on timing may not come again; if many do not, the story is not what was recorded. */
    private static final double REACHED = 0.9;

    private static final int TRIES = 3;

    private final FaultResults results = FaultResults.ofThisSource();
    private final FaultBench bench;
    private final List<FaultPlan> passed = new ArrayList<>();
    private final List<FaultPlan> notReached = new ArrayList<>();

    private FaultBench.Recording recording = new FaultBench.Recording(java.util.Map.of(), "");
    private List<FaultPlan> plans = List.of();
    private int skipped;

    FaultPlansIT() throws IOException {
        bench = new FaultBench(results.folder());
    }

    @BeforeAll
    void recordTheStory() {
        recording = bench.record();
        List<FaultPlan> all = FaultPlan.of(recording.writes());
        results.say("faults: the story has " + all.size() / Plan.Kind.values().length + " writes, so " + all.size()
                + " plans");
        plans = WANTED.isEmpty()
                ? FaultPlan.sample(all)
                : all.stream()
                        .filter(plan -> WANTED.equals("all") || plan.toString().contains(WANTED))
                        .toList();
    }

    @TestFactory
    Stream<DynamicTest> theSameEnd() {
        Set<String> earlier = WANTED.equals("all") ? results.alreadyPassed() : Set.of();
        List<FaultPlan> left = plans.stream()
                .filter(plan -> !earlier.contains(plan.toString()))
                .toList();
        skipped = plans.size() - left.size();
        return Stream.of(
                        Stream.of(DynamicTest.dynamicTest("undisturbed", this::undisturbed)),
                        left.stream().map(plan -> DynamicTest.dynamicTest(plan.toString(), () -> play(plan))),
                        Stream.of(DynamicTest.dynamicTest("nearly every write is reached", this::reached)))
                .flatMap(tests -> tests);
    }

    private void undisturbed() {
        assertThat(bench.play(recording.end())).isEqualTo(recording.end());
    }

    private void play(FaultPlan plan) throws InterruptedException {
        Instant start = Instant.now();
        String outcome = "FAILED";
        try {
            Optional<String> end = Optional.empty();
            for (int i = 0; i < TRIES && end.isEmpty(); i++) {
                end = bench.play(plan, recording.end());
            }
            if (end.isEmpty()) {
                notReached.add(plan);
                outcome = "not reached";
                return;
            }
            assertThat(end.get()).as(plan + "; log: " + bench.log()).isEqualTo(recording.end());
            results.passed(plan);
            passed.add(plan);
            outcome = "passed";
        } finally {
            double seconds = Duration.between(start, Instant.now()).toMillis() / 1000.0;
            results.say(String.format(Locale.ROOT, "%-11s %5.1f s  %s", outcome, seconds, plan));
            if (outcome.equals("FAILED")) {
                bench.startAfresh();
            }
        }
    }

    private void reached() {
        assertThat(notReached).as("writes that did not come again").hasSizeLessThanOrEqualTo((int)
                (plans.size() * (1 - REACHED)));
    }

    @AfterAll
    void tell() {
        bench.close();
        results.say("faults: %d plans, %d passed, %d skipped as passed earlier, %d not reached, %d failed"
                .formatted(
                        plans.size(),
                        passed.size(),
                        skipped,
                        notReached.size(),
                        plans.size() - passed.size() - skipped - notReached.size()));
    }
}
