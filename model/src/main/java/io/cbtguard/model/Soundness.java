package io.cbtguard.model;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Plays many histories on several threads and keeps the first failures. */
final class Soundness {
    private static final int FAILURES_KEPT = 20;
    /** How often in one run its progress is told. */
    private static final long TOLD = 50;

    private final Mix mix;
    private final @Nullable String profile;
    private final int length;

    /** @param profile of all histories; null for the mix's own shares */
    Soundness(Mix mix, @Nullable String profile, int length) {
        this.mix = mix;
        this.profile = profile;
        this.length = length;
    }

    record Failed(long seed, Plan plan, Failure failure) {}

    record Result(long histories, long failed, List<Failed> failures, Tally tally) {
        boolean sound() {
            return failed == 0;
        }
    }

    Plan plan(long seed) {
        return profile == null ? mix.plan(seed, length) : mix.plan(profile, seed, length);
    }

    /** Told now and then how many histories were played, and how many of them failed. */
    interface Progress {
        void played(long histories, long failed);
    }

    Result run(long firstSeed, long histories, int threads) {
        return run(firstSeed, histories, threads, (played, failed) -> {});
    }

    Result run(long firstSeed, long histories, int threads, Progress progress) {
        Course course = new Course(firstSeed, histories, progress);
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Worker worker = new Worker(course);
            workers.add(worker);
            worker.start();
        }
        Tally tally = new Tally();
        List<Failed> failures = new ArrayList<>();
        for (Worker worker : workers) {
            worker.await();
            tally.add(worker.tally);
            failures.addAll(worker.failures);
        }
        failures.sort((a, b) -> Long.compare(a.seed(), b.seed()));
        return new Result(histories, course.failed.get(), failures, tally);
    }

    /** What the workers share: which seed is next, and how far they are. */
    private static final class Course {
        private final long end;
        private final long tellEvery;
        private final Progress progress;
        private final AtomicLong next;
        private final AtomicLong played = new AtomicLong();
        private final AtomicLong failed = new AtomicLong();

        Course(long firstSeed, long histories, Progress progress) {
            this.end = firstSeed + histories;
            this.tellEvery = Math.max(1, histories / TOLD);
            this.progress = progress;
            this.next = new AtomicLong(firstSeed);
        }

        void played(boolean well) {
            if (!well) {
                failed.incrementAndGet();
            }
            long now = played.incrementAndGet();
            if (now % tellEvery == 0) {
                progress.played(now, failed.get());
            }
        }
    }

    private final class Worker extends Thread {
        private final Course course;
        private final Tally tally = new Tally();
        private final List<Failed> failures = new ArrayList<>();

        Worker(Course course) {
            super("soundness");
            this.course = course;
        }

        @Override
        public void run() {
            for (long seed = course.next.getAndIncrement(); seed < course.end; seed = course.next.getAndIncrement()) {
                Plan plan = plan(seed);
                Failure failure = Player.play(plan, mix, tally);
                if (failure != null) {
                    tally.count("failed " + failure.kind() + ", " + plan.setup().policy());
                    if (failures.size() < FAILURES_KEPT) {
                        failures.add(new Failed(seed, plan, failure));
                    }
                }
                tally.count("histories " + plan.setup().profile() + ", "
                        + plan.setup().policy());
                course.played(failure == null);
            }
        }

        void await() {
            try {
                join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
