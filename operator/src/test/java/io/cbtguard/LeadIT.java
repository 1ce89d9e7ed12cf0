package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.fake.FakeVcenter;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One operator works, another one stands by. */
@Tag("cluster")
class LeadIT {
    /** How Kubernetes writes a MicroTime: six digits behind the point, no more and no fewer. */
    private static final DateTimeFormatter MICRO_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSX");

    private final GuardBed bed = GuardBed.installed(null);

    @AfterEach
    void down() {
        bed.close();
    }

    @Test
    void theStandbyIsReadyAliveAndShowsNothingThatItDoesNotKnow() throws Exception {
        bed.vcenters.put("lab.example", new FakeVcenter());
        try (CbtGuard leader = start()) {
            awaitLed();
            try (CbtGuard standby = start()) {
                bed.vcenter("lab", "lab.example");
                await().atMost(GuardBed.PATIENCE)
                        .until(() -> get(leader, "/metrics").body().contains("cbtguard_vcenter_up{"));

                assertThat(get(standby, "/readyz").statusCode()).isEqualTo(200);
                assertThat(get(standby, "/healthz").statusCode()).isEqualTo(200);
                assertThat(get(standby, "/metrics").body())
                        .contains("jvm_memory_used_bytes")
                        .doesNotContain("\ncbtguard_");
            }
        }
    }

    @Test
    void theLeaseIsGivenBackAtTheStop() throws Exception {
        CbtGuard leader = start();
        awaitLed();

        leader.close();

        assertThat(holder()).isNull();
    }

    @Test
    void aStandbyThatStopsLeavesTheLeaseAlone() throws Exception {
        try (CbtGuard leader = start()) {
            awaitLed();
            String before = holder();

            start().close();

            assertThat(leader.port()).isPositive();
            assertThat(holder()).isNotNull().isEqualTo(before);
        }
    }

    @Test
    void whoseLeaseIsTakenByAnotherOneIsToldToEndAndHasNothingLeftToWriteWith() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        Options options = options();
        Lead lead = Lead.of(options, told::countDown);
        var client = lead.client(bed.operatorConfig());
        try (CbtGuard leader = CbtGuard.start(options, client, bed.vcenters, Clock.systemUTC(), lead)) {
            awaitLed();
            assertThat(leader.port()).isPositive();

            // The leader renews meanwhile: what is said here has to hold whichever version it has just written.
            bed.patch(
                    Objects.requireNonNull(lease()),
                    "spec: {holderIdentity: another, renewTime: '%s'}"
                            .formatted(MICRO_TIME.format(ZonedDateTime.now(ZoneOffset.UTC))));

            assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
            var records = client.resources(VMRecord.class).inNamespace(bed.own);
            assertThatThrownBy(records::delete).hasMessageContaining("the lease may be another one's by now");
        }
        assertThat(holder()).isEqualTo("another");
    }

    private CbtGuard start() throws IOException {
        Options options = options();
        Lead lead = Lead.of(options, () -> {});
        return CbtGuard.start(options, lead.client(bed.operatorConfig()), bed.vcenters, Clock.systemUTC(), lead);
    }

    private Options options() {
        return Options.parse(
                Map.of(),
                "--namespace=" + bed.own,
                "--http-port=0",
                "--http-bind=127.0.0.1",
                "--page-port=0",
                "--leader-elect");
    }

    private void awaitLed() {
        await("somebody leads").atMost(GuardBed.PATIENCE).until(() -> holder() != null);
    }

    private @Nullable String holder() {
        Lease lease = lease();
        return lease == null ? null : lease.getSpec().getHolderIdentity();
    }

    private @Nullable Lease lease() {
        return bed.admin
                .resources(Lease.class)
                .inNamespace(bed.own)
                .withName(Lead.LEASE)
                .get();
    }

    private static HttpResponse<String> get(CbtGuard guard, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + guard.port() + path))
                                .timeout(Duration.ofSeconds(10))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
