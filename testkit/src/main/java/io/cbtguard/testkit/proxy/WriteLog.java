package io.cbtguard.testkit.proxy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The numbered writes, and the plan that waits for one of them. */
final class WriteLog {

    private final List<Write> writes = new ArrayList<>();
    private int housekeeping;
    private int counted;
    private @Nullable Plan plan;
    private Runnable kill = () -> {};
    private CountDownLatch fired = new CountDownLatch(1);

    /** What the plan wants at a request. */
    record Fault(Plan.Kind kind, Runnable kill) {}

    synchronized void arm(@Nullable Plan newPlan, Runnable newKill) {
        writes.clear();
        housekeeping = 0;
        counted = 0;
        plan = newPlan;
        kill = newKill;
        fired = new CountDownLatch(1);
    }

    /** Takes note of a request; the fault to commit at it, if it is the plan's. */
    synchronized Optional<Fault> note(String verb, String target, byte[] body) {
        switch (RequestKind.of(verb, target)) {
            case READ -> {
                return Optional.empty();
            }
            case HOUSEKEEPING -> {
                housekeeping++;
                return Optional.empty();
            }
            case WRITE -> writes.add(new Write(writes.size() + 1, verb, target, hash(body)));
        }
        if (plan == null || !plan.which().test(writes.getLast()) || ++counted != plan.write()) {
            return Optional.empty();
        }
        var fault = new Fault(plan.kind(), kill);
        plan = null;
        return Optional.of(fault);
    }

    /** The fault of the plan has happened. */
    void fired() {
        latch().countDown();
    }

    boolean awaitFired(Duration timeout) throws InterruptedException {
        return latch().await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized CountDownLatch latch() {
        return fired;
    }

    synchronized List<Write> writes() {
        return List.copyOf(writes);
    }

    synchronized int housekeeping() {
        return housekeeping;
    }

    private static String hash(byte[] body) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(body))
                    .substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(new String(body, StandardCharsets.UTF_8), e);
        }
    }
}
