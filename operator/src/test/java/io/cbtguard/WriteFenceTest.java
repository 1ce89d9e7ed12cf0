package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.THROWABLE;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who does not surely hold the lease writes nothing; by clocks that are moved by hand. */
class WriteFenceTest {
    private static final Duration HOLDS = Duration.ofSeconds(10);
    private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
    private static final String LEASE = "/apis/coordination.k8s.io/v1/namespaces/own/leases/cbtguard-operator";
    private static final String STATUS = "/apis/cbtguard.io/v1alpha1/namespaces/shop/protectedvms/web/status";

    private final Hands hands = new Hands();
    private final WriteFence fence = new WriteFence("me", HOLDS, hands, () -> hands.monotonic.toNanos());

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
    void whoNeverHeldTheLeaseWritesNothing(String method) {
        assertThat(fence.refusal(method, STATUS)).get(THROWABLE).hasMessageContaining(STATUS);
    }

    @Test
    void whoDoesNotHoldItReadsAsksAndTriesToGetIt() {
        assertPasses("GET", STATUS);
        assertPasses("PATCH", LEASE);
        assertPasses("POST", "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews");
    }

    @Test
    void whoHoldsItWrites() {
        renew(START, 200);

        hands.pass(HOLDS.minusMillis(1));

        assertPasses("PATCH", STATUS);
    }

    @Test
    void aWriteAfterAFreezeThatOutlivedTheRenewalIsStopped() {
        renew(START, 200);

        hands.pass(HOLDS);

        assertStopped();
    }

    @Test
    void aLeaseThatIsRenewedInTimeGoesOn() {
        renew(START, 200);
        hands.pass(Duration.ofSeconds(8));
        renew(START.plusSeconds(8), 200);

        hands.pass(Duration.ofSeconds(8));

        assertPasses("PATCH", STATUS);
    }

    @Test
    void theLeaseRunsFromTheTimeThatIsWrittenInItHoweverLateItWasSent() {
        hands.pass(Duration.ofSeconds(9));
        renew(START, 200);
        assertPasses("PATCH", STATUS);

        hands.pass(Duration.ofSeconds(1));

        assertStopped();
    }

    @Test
    void aRenewalThatIsRefusedCountsNothing() {
        renew(START, 409);

        assertStopped();
    }

    @Test
    void aLeaseOfAnotherOneCountsNothing() {
        var request = new StandardHttpRequest.Builder()
                .uri(URI.create("https://api" + LEASE))
                .method("PATCH", "application/json", body("another", START))
                .build();

        fence.after(request, new Answer(request, 200), nobody());

        assertStopped();
    }

    @Test
    void aWallClockThatIsSetBackProlongsNothing() {
        renew(START, 200);

        hands.monotonic = hands.monotonic.plus(HOLDS);

        assertStopped();
    }

    @Test
    void aMonotonicClockThatStoodStillProlongsNothing() {
        renew(START, 200);

        hands.wall = hands.wall.plus(HOLDS);

        assertStopped();
    }

    @Test
    void onceShutNoRenewalOpensItAgain() {
        renew(START, 200);
        fence.shut();

        renew(START, 200);

        assertStopped();
    }

    private void renew(Instant at, int status) {
        var request = new StandardHttpRequest.Builder()
                .uri(URI.create("https://api" + LEASE))
                .method("PATCH", "application/json", body("me", at))
                .build();
        fence.after(request, new Answer(request, status), nobody());
    }

    private static String body(String holder, Instant at) {
        return """
                {"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"cbtguard-operator"},
                 "spec":{"holderIdentity":"%s","leaseDurationSeconds":15,"renewTime":"%s.000000Z"}}
                """.formatted(holder, at.toString().replace("Z", ""));
    }

    private void assertPasses(String method, String path) {
        assertThat(fence.refusal(method, path)).isEmpty();
    }

    private void assertStopped() {
        assertThat(fence.refusal("PATCH", STATUS)).isPresent();
    }

    private static AsyncBody.Consumer<List<java.nio.ByteBuffer>> nobody() {
        return (value, body) -> {};
    }

    /** Both clocks, each by hand. */
    private static final class Hands extends Clock {
        private Instant wall = START;
        private Duration monotonic = Duration.ofHours(3);

        void pass(Duration time) {
            wall = wall.plus(time);
            monotonic = monotonic.plus(time);
        }

        @Override
        public Instant instant() {
            return wall;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private record Answer(HttpRequest request, int code) implements HttpResponse<String> {
        @Override
        public String body() {
            return "";
        }

        @Override
        public Optional<HttpResponse<?>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public List<String> headers(String key) {
            return List.of();
        }

        @Override
        public Map<String, List<String>> headers() {
            return Map.of();
        }
    }
}
