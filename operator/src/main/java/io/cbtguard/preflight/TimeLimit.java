package io.cbtguard.preflight;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Has things looked at side by side, each in its own time, and all of them within one: whoever asks is never kept waiting. */
final class TimeLimit {
    /**
     * @param what stands for the whole where it fails
     * @param look may block; is interrupted when the time is over
     */
    record Step(String what, Callable<List<Checked>> look) {}

    private final Duration within;
    private final long end;

    TimeLimit(Duration within) {
        this.within = within;
        this.end = System.nanoTime() + within.toNanos();
    }

    /** What the steps found, in their order; of one that fails or takes too long, that. */
    List<Checked> look(List<Step> steps) throws InterruptedException {
        // Not closed: that would wait for those that do not heed the interruption.
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            List<Future<List<Checked>>> looks = threads.invokeAll(
                    steps.stream().map(Step::look).toList(),
                    Math.max(0, end - System.nanoTime()),
                    TimeUnit.NANOSECONDS);
            List<Checked> all = new ArrayList<>();
            for (int i = 0; i < steps.size(); i++) {
                all.addAll(result(steps.get(i).what(), looks.get(i)));
            }
            return all;
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Checked> result(String what, Future<List<Checked>> look) throws InterruptedException {
        try {
            return look.get();
        } catch (CancellationException late) {
            return List.of(Checked.missing(what, "no answer within " + within.toSeconds() + " s"));
        } catch (ExecutionException failed) {
            return List.of(Checked.missing(what, why(failed)));
        }
    }

    /** The API server's own words where it said something, else the innermost cause's. */
    static String why(Throwable thrown) {
        String last = thrown.toString();
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            if (at instanceof KubernetesClientException refused
                    && refused.getStatus() != null
                    && refused.getStatus().getMessage() != null) {
                return refused.getStatus().getMessage();
            }
            last = at.getMessage() == null ? at.getClass().getSimpleName() : at.getMessage();
        }
        return last;
    }
}
