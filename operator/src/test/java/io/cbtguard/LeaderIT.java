package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.cbtguard.testkit.cluster.Clusters;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Two operators with many VMs, of which the leader is killed and frozen while it writes: the same records, statuses and decisions
 * at the end as undisturbed, and nobody writes over what his successor wrote. {@code -Dcbtguard.leader.times=20} has it killed and
 * frozen twenty times each; without it twice.
 */
@Tag("cluster")
@Tag("simulator")
@Tag("leader")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeaderIT {
    private static final int TIMES = Integer.getInteger("cbtguard.leader.times", 2);

    private final Path folder = SourceFolder.of("leader");
    private @Nullable LeaderBench bench;
    private String undisturbed = "";

    @BeforeAll
    void recordTheStory() throws IOException {
        Optional<Path> audit = Clusters.shared().auditLog();
        assumeThat(audit).as("the audit log of " + Clusters.shared().name()).isPresent();
        bench = new LeaderBench(audit.orElseThrow(), folder);
        undisturbed = bench.record();
        say("the story has " + bench.writes() + " writes with " + LeaderBench.VMS + " VMs");
    }

    @TestFactory
    Stream<DynamicTest> theSameEndWhoeverLeads() {
        List<Map<StoryStep, Disturbance>> stories = stories();
        return Stream.concat(
                stories.stream().map(plan -> DynamicTest.dynamicTest("the same end with " + plan, () -> play(plan))),
                Stream.of(DynamicTest.dynamicTest(
                        "nobody writes over what a successor wrote", this::nothingOverwritten)));
    }

    /** Kills and freezes in turn, story by story the other way round, so that each step gets both. */
    private static List<Map<StoryStep, Disturbance>> stories() {
        List<Map<StoryStep, Disturbance>> stories = new ArrayList<>();
        List<StoryStep> steps = List.copyOf(LeaderBench.STEPS);
        Disturbance[] kinds = Disturbance.values();
        for (int i = 0; i < TIMES * kinds.length; i++) {
            if (i % steps.size() == 0) {
                stories.add(new EnumMap<>(StoryStep.class));
            }
            stories.getLast().put(steps.get(i % steps.size()), kinds[(i + stories.size() + 1) % kinds.length]);
        }
        return stories;
    }

    private void play(Map<StoryStep, Disturbance> plan) {
        Instant start = Instant.now();
        String outcome = "FAILED";
        try {
            assertThat(bench().play(plan, undisturbed))
                    .as(plan + "; logs: " + folder)
                    .isEqualTo(undisturbed);
            outcome = "the same end";
        } finally {
            long seconds = Duration.between(start, Instant.now()).toSeconds();
            say("%s after %d s with %s".formatted(outcome, seconds, plan));
        }
    }

    private void nothingOverwritten() {
        assertThat(bench().succession().overwritten()).isEmpty();
        assertThat(bench().done()).hasSize(TIMES * Disturbance.values().length);
    }

    private LeaderBench bench() {
        return Objects.requireNonNull(bench);
    }

    private void say(String line) {
        Progress.say(folder, "leader: " + line);
    }

    @AfterAll
    void tell() {
        try (LeaderBench running = bench) {
            if (running != null) {
                new LeaderTable(running).lines().forEach(this::say);
            }
        }
    }
}
