package io.cbtguard;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Stops every write of a client that does not surely hold the lease. A process that was frozen, or whose thread was, does not
 * know how long; it would go on with the write that it was about to make, and the elector notices only later. So time is asked
 * before each request: since the last renewal that the API server took, less must have passed than the renew deadline, which is
 * shorter than the lease by what a request may be under way and clocks may differ.
 *
 * <p>It reads renewals off the wire, as the elector tells nobody of them. Time is taken by both clocks, whichever says more: the
 * wall clock may be set back, and the monotonic one stands still while a machine sleeps.
 */
final class WriteFence implements Interceptor {
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
    private static final String LEASES = "/apis/coordination.k8s.io/";
    /** Reviews are questions, though they are posted. */
    private static final String REVIEWS = "/apis/authorization.k8s.io/";

    private final String holder;
    private final Duration holds;
    private final Clock clock;
    private final LongSupplier nanos;
    private final CountDownLatch opened = new CountDownLatch(1);
    private volatile @Nullable Renewal last;
    private volatile boolean shut;

    private record Renewal(Instant at, long nanos) {}

    /**
     * @param holder the identity that renewals carry
     * @param holds how long after a renewal writes pass
     * @param clock the one that renewals are stamped by
     * @param nanos a monotonic clock
     */
    WriteFence(String holder, Duration holds, Clock clock, LongSupplier nanos) {
        this.holder = holder;
        this.holds = holds;
        this.clock = clock;
        this.nanos = nanos;
    }

    static WriteFence of(String holder, Duration holds) {
        return new WriteFence(holder, holds, Clock.systemUTC(), System::nanoTime);
    }

    /** For good. */
    void shut() {
        shut = true;
    }

    /** Whoever is told that he leads may be faster than the renewal is noted here. */
    void awaitOpen(Duration atMost) {
        try {
            var unused = opened.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Asked before each try of a request.
     *
     * @return why the request must not be sent, or nothing if it may
     */
    Optional<KubernetesClientException> refusal(String method, String path) {
        boolean passes = READS.contains(method) || path.contains(LEASES) || path.contains(REVIEWS) || isOpen();
        return passes
                ? Optional.empty()
                : Optional.of(new KubernetesClientException(
                        method + " " + path + " is not sent: the lease may be another one's by now"));
    }

    /** Notes renewals. */
    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        if (!READS.contains(request.method())
                && request.uri().getPath().contains(LEASES)
                && HttpResponse.isSuccessful(response.code())) {
            renewed(request.bodyString());
        }
    }

    /** The lease runs from the time that is written in it, not from when that was sent or answered. */
    private void renewed(@Nullable String body) {
        Lease lease = body == null ? null : Serialization.unmarshal(body, Lease.class);
        if (lease == null
                || lease.getSpec() == null
                || lease.getSpec().getRenewTime() == null
                || !Objects.equals(holder, lease.getSpec().getHolderIdentity())) {
            return;
        }
        Instant at = lease.getSpec().getRenewTime().toInstant();
        long now = nanos.getAsLong(); // first: a freeze between the two makes it older, not younger
        long age = Math.max(0, Duration.between(at, clock.instant()).toNanos());
        last = new Renewal(at, now - age);
        opened.countDown();
    }

    private boolean isOpen() {
        Renewal renewal = last;
        return !shut
                && renewal != null
                && nanos.getAsLong() - renewal.nanos() < holds.toNanos()
                && Duration.between(renewal.at(), clock.instant()).compareTo(holds) < 0;
    }
}
