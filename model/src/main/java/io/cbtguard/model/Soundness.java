package io.cbtguard.model;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Plays many histories on several threads and keeps the first failures. */
final class Soundness {
    private static final int FAILURES_KEPT = 20;

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

    Result run(long firstSeed, long histories, int threads) {
        AtomicLong next = new AtomicLong(firstSeed);
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Worker worker = new Worker(next, firstSeed + histories);
            workers.add(worker);
            worker.start();
        }
        Tally tally = new Tally();
        List<Failed> failures = new ArrayList<>();
        long failed = 0;
        for (Worker worker : workers) {
            worker.await();
            tally.add(worker.tally);
            failures.addAll(worker.failures);
            failed += worker.failed;
        }
        failures.sort((a, b) -> Long.compare(a.seed(), b.seed()));
        return new Result(histories, failed, failures, tally);
    }

    private final class Worker extends Thread {
        private final AtomicLong next;
        private final long end;
        private final Tally tally = new Tally();
        private final List<Failed> failures = new ArrayList<>();
        private long failed;

        Worker(AtomicLong next, long end) {
            super("soundness");
            this.next = next;
            this.end = end;
        }

        @Override
        public void run() {
            for (long seed = next.getAndIncrement(); seed < end; seed = next.getAndIncrement()) {
                Plan plan = plan(seed);
                Failure failure = Player.play(plan, mix, tally);
                if (failure != null) {
                    failed++;
                    tally.count("failed " + failure.kind() + ", " + plan.setup().policy());
                    if (failures.size() < FAILURES_KEPT) {
                        failures.add(new Failed(seed, plan, failure));
                    }
                }
                tally.count("histories " + plan.setup().profile() + ", "
                        + plan.setup().policy());
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
