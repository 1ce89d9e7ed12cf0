package io.cbtguard;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lead among several operators: only the one that holds the lease works, and only while it surely holds it. One that lost
 * it writes nothing any more and ends; one that is stopped in order gives it back, so that the next one need not wait.
 */
final class Lead {
    static final String LEASE = "cbtguard-operator";

    private static final Logger LOG = LoggerFactory.getLogger(Lead.class);
    /** As Kubernetes' own components have it: 15 s, 10 s, 2 s. */
    private static final int PARTS = 15;

    private static final int RENEW_PARTS = 10;
    private static final int RETRY_PARTS = 2;

    private final boolean elects;
    private final String namespace;
    private final String holder;
    private final Duration lasts;
    private final WriteFence fence;
    private final Runnable lost;
    private volatile boolean stopping;

    private Lead(Options options, Runnable lost) {
        elects = options.electsLeader();
        namespace = options.namespace;
        holder = newHolder();
        lasts = Duration.ofSeconds(options.leaseSeconds);
        fence = WriteFence.of(holder, renewWithin());
        this.lost = lost;
    }

    /**
     * @param lost called once another one may have the lease; nothing is written any more by then, and the process has to end
     */
    static Lead of(Options options, Runnable lost) {
        return new Lead(options, lost);
    }

    /** The host's name for people, and what tells a process from the one before it and from another one on the same host. */
    private static String newHolder() {
        String host = Optional.ofNullable(System.getenv("HOSTNAME"))
                .filter(name -> !name.isBlank())
                .orElse("operator");
        return host + "_" + UUID.randomUUID();
    }

    private Duration renewWithin() {
        return lasts.multipliedBy(RENEW_PARTS).dividedBy(PARTS);
    }

    /** A client whose requests say in the API server's audit log who it is, and that writes only while it leads. */
    KubernetesClient client(Config config) {
        KubernetesClientBuilder client = ApiClients.builder(
                new ConfigBuilder(config).withUserAgent("cbtguard/" + holder).build());
        return (elects ? client.withHttpClientFactory(new FencedHttpFactory(fence)) : client).build();
    }

    /** Empty if there is nobody to share with. */
    Optional<LeaderElectionConfiguration> election() {
        return elects
                ? Optional.of(LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE)
                        .withLeaseNamespace(namespace)
                        .withIdentity(holder)
                        .withLeaseDuration(lasts)
                        .withRenewDeadline(renewWithin())
                        .withRetryPeriod(lasts.multipliedBy(RETRY_PARTS).dividedBy(PARTS))
                        .withExitOnStopLeading(false) // exiting from within a shutdown hook would never end
                        .withLeaderCallbacks(new LeaderCallbacks(this::begin, this::end, leader -> {}))
                        .build())
                : Optional.empty();
    }

    private void begin() {
        fence.awaitOpen(renewWithin());
        LOG.info("leading as {}", holder);
    }

    private void end() {
        if (!stopping) {
            fence.shut();
            LOG.warn("the lease is lost; this process ends");
            lost.run();
        }
    }

    /** From now on the end of the lead is meant. */
    void stopping() {
        stopping = true;
    }

    /** Gives the lease back, if it is this one's; from now on nothing is written. */
    void release(KubernetesClient client) {
        fence.shut();
        if (!elects) {
            return;
        }
        try {
            var resource = client.resources(Lease.class).inNamespace(namespace).withName(LEASE);
            Lease lease = resource.get();
            if (lease == null || !holder.equals(lease.getSpec().getHolderIdentity())) {
                return;
            }
            resource.patch(
                    PatchContext.of(PatchType.JSON_MERGE),
                    "{\"metadata\":{\"resourceVersion\":\"%s\"},\"spec\":{\"holderIdentity\":null}}"
                            .formatted(lease.getMetadata().getResourceVersion()));
            LOG.info("the lease is released");
        } catch (KubernetesClientException e) {
            LOG.warn("the lease is not released and runs out: {}", e.getMessage());
        }
    }
}
