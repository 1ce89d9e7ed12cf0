package io.cbtguard;

import static org.awaitility.Awaitility.await;

import io.cbtguard.AuditedWrites.Write;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Plays the story with many VMs before two operators, and disturbs the one that leads while it writes. */
final class LeaderBench implements AutoCloseable {
    static final Duration LEASE = Duration.ofSeconds(4);
    static final int VMS = 12;
    /** Without the host upgrades: whether a host is seen while it is away for one hangs on timing, and is told of as a gap. */
    static final Set<StoryStep> STEPS = EnumSet.complementOf(EnumSet.of(StoryStep.UPGRADE));

    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    /** A freeze is longer than the lease by this at least. */
    private static final Duration BEYOND = Duration.ofMillis(500);
    /** A disturbance falls into the first part of the writes of a step, so that the successor has something to write. */
    private static final int PART = 3;

    /** The common pool may have one thread only, and the HTTP client needs it. */
    private static final Executor OWN_THREAD =
            task -> Thread.ofPlatform().name("disturbance").start(task);

    private final GuardBed bed = GuardBed.installed(null);
    private final AuditedWrites audit;
    private final Replicas replicas;
    private final Random random = new Random(1);
    private final Map<StoryStep, Integer> writes = new EnumMap<>(StoryStep.class);
    private final List<Disturbance.Done> done = new ArrayList<>();
    private int stories;

    LeaderBench(Path auditLog, Path folder) throws IOException {
        replicas = new Replicas(bed, folder, LEASE);
        audit = new AuditedWrites(auditLog, replicas.names());
    }

    /** Plays the story undisturbed; returns what it left. */
    String record() {
        replicas.awaitReady();
        try (PlayedStory story = story()) {
            for (StoryStep step : STEPS) {
                int before = accepted();
                story.play(step);
                writes.put(step, accepted() - before);
            }
            return story.end();
        } finally {
            replicas.archiveClasses();
        }
    }

    /** How many writes were taken in each step of the undisturbed story. */
    Map<StoryStep, Integer> writes() {
        return writes;
    }

    /** Plays the story with the leader disturbed; returns what it left, which is waited for to be as expected. */
    String play(Map<StoryStep, Disturbance> plan, String expected) {
        try (PlayedStory story = story()) {
            for (StoryStep step : STEPS) {
                Disturbance kind = plan.get(step);
                if (kind == null) {
                    story.play(step);
                } else {
                    replicas.awaitReady();
                    int before = accepted();
                    var disturbed = CompletableFuture.supplyAsync(() -> disturb(kind, step, before), OWN_THREAD);
                    story.play(step, () -> done.add(disturbed.join()));
                }
            }
            return story.awaitEnd(expected);
        }
    }

    private PlayedStory story() {
        return new PlayedStory(
                Crowd.on(bed, "-s" + ++stories, VMS), () -> audit.all().size(), QUIET);
    }

    private int accepted() {
        return (int) audit.all().stream().filter(Write::isAccepted).count();
    }

    private Disturbance.Done disturb(Disturbance kind, StoryStep step, int before) {
        int from = before + somewhere(step);
        await("writes in " + step)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> accepted() >= from);
        var leading = replicas.leading();
        var process = leading.replica().process();
        replicas.disturb(leading.replica());
        Instant at = Instant.now();
        if (kind == Disturbance.KILL) {
            process.kill();
            return new Disturbance.Done(kind, step, at, replicas.expiry(), null, Instant.now());
        }
        process.freeze();
        Instant expiry = replicas.expiry();
        int successors = somewhere(step);
        await("writes of the next leader in " + step)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> Instant.now().isAfter(at.plus(LEASE).plus(BEYOND))
                        && (writesOfOthers(leading.holder(), at) >= successors || isDone(leading.holder(), at)));
        Instant wentOn = Instant.now();
        process.thaw();
        process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        return new Disturbance.Done(kind, step, at, expiry, wentOn, Instant.now());
    }

    /** The one that was frozen may have left less to write than was waited for. */
    private boolean isDone(String holder, Instant since) {
        Instant still = Instant.now().minus(BEYOND);
        return writesOfOthers(holder, since) > 0
                && audit.all().stream().noneMatch(write -> write.done().isAfter(still));
    }

    private int somewhere(StoryStep step) {
        return 1 + random.nextInt(Math.max(1, writes.getOrDefault(step, 0) / PART));
    }

    private long writesOfOthers(String holder, Instant since) {
        return audit.all().stream()
                .filter(write -> write.isAccepted() && !write.holder().equals(holder))
                .filter(write -> write.done().isAfter(since))
                .count();
    }

    List<Disturbance.Done> done() {
        return done;
    }

    Succession succession() {
        return new Succession(audit.all());
    }

    int endedUnasked() {
        return replicas.endedUnasked();
    }

    @Override
    public void close() {
        replicas.close();
        audit.close();
        bed.close();
    }
}
