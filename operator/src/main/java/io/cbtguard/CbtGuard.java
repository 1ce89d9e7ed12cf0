package io.cbtguard;

import io.cbtguard.http.Endpoints;
import io.cbtguard.http.Probe;
import io.cbtguard.http.Scrape;
import io.cbtguard.page.Page;
import io.cbtguard.reconcile.Controllers;
import io.cbtguard.vsphere.VcenterWatch;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.Cloner;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole operator: client, controllers, watches, probes; started and stopped as one. */
public final class CbtGuard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CbtGuard.class);
    private static final Duration TERMINATION = Duration.ofSeconds(10);
    private static final Duration CACHE_SYNC = Duration.ofMinutes(2);
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final ReentrantLock scraping = new ReentrantLock();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final KubernetesClient client;
    private final Lead lead;
    private final Operator operator;
    private final Controllers controllers;
    private final Endpoints endpoints;
    private final Page page;
    private volatile boolean started;
    private volatile boolean stopping;

    private CbtGuard(Options options, KubernetesClient client, VcenterWatch.Factory factory, Clock clock, Lead lead)
            throws IOException {
        this.client = client;
        this.lead = lead;
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        var unused = gcMetrics(registry);
        operator = new Operator(overrider -> {
            overrider
                    .withKubernetesClient(client)
                    .withCloseClientOnStop(false)
                    .withUseSSAToPatchPrimaryResource(true)
                    .withResourceCloner(AsItIs.INSTANCE)
                    .withReconciliationTerminationTimeout(TERMINATION)
                    .withCacheSyncTimeout(CACHE_SYNC)
                    .withMetrics(MicrometerMetrics.withoutPerResourceMetrics(registry));
            lead.election().ifPresent(overrider::withLeaderElectionConfiguration);
        });
        controllers = Controllers.register(
                operator, client, factory, options.watchedNamespaces(), registry, options.perVmMetrics, clock);
        endpoints = Endpoints.start(
                new InetSocketAddress(options.httpBind, options.httpPort), this::scrape, this::alive, this::ready);
        page = Page.start(new InetSocketAddress(options.pageBind, options.pagePort), controllers.known());
    }

    /**
     * Starts everything; returns once the informers are synced. One that elects a leader works when it holds the lease.
     *
     * @param client made by the lead, if it elects; closed with the operator
     * @param clock for ages and time-outs; vCenter's own clock orders what happens there
     */
    static CbtGuard start(
            Options options, KubernetesClient client, VcenterWatch.Factory factory, Clock clock, Lead lead)
            throws IOException {
        CbtGuard guard = new CbtGuard(options, client, factory, clock, lead);
        LOG.info("HTTP on {}:{}", options.httpBind, guard.port());
        LOG.info("page of explanations on {}:{}", options.pageBind, guard.pagePort());
        if (options.portFile().isPresent()) {
            Files.writeString(options.portFile().get(), Integer.toString(guard.port()));
        }
        try {
            guard.operator.start();
        } catch (RuntimeException e) {
            guard.close();
            throw e;
        }
        guard.started = true;
        LOG.info("started; VCenters of {}", options.watchedNamespaces());
        return guard;
    }

    public int port() {
        return endpoints.port();
    }

    /** The port of the page of explanations. */
    public int pagePort() {
        return page.port();
    }

    @Override
    public void close() {
        stopping = true;
        lead.stopping();
        controllers.stopping();
        try {
            operator.stop();
        } catch (RuntimeException e) {
            LOG.warn("while stopping: {}", e.toString());
        }
        lead.release(client); // before what may take long: the next one need not wait for it
        controllers.close();
        page.close();
        endpoints.close();
        client.close();
        registry.close();
    }

    /** One after the other: a page of a large estate takes megabytes while it is made, however many ask for it at once. */
    private Scrape.Page scrape(String accept) {
        String type = accept.contains("application/openmetrics-text") ? OPEN_METRICS : PROMETHEUS;
        scraping.lock();
        try {
            return new Scrape.Page(type, registry.scrape(type));
        } finally {
            scraping.unlock();
        }
    }

    private Probe.Answer alive() {
        return new Probe.Answer(!stopping, stopping ? "stopping" : "alive");
    }

    /** A vCenter that is away is no reason: a condition and a gauge tell of it, and a restart would not mend it. */
    private Probe.Answer ready() {
        if (stopping || !started) {
            return new Probe.Answer(false, stopping ? "stopping" : "starting");
        }
        List<String> unhealthy =
                operator.getRuntimeInfo().unhealthyInformerWrappingEventSourceHealthIndicator().entrySet().stream()
                        .filter(controller -> !controller.getValue().isEmpty())
                        .map(Map.Entry::getKey)
                        .toList();
        return unhealthy.isEmpty()
                ? new Probe.Answer(true, "ready")
                : new Probe.Answer(false, "informers not synced of " + unhealthy);
    }

    @SuppressWarnings("resource") // lives as long as the process
    private static JvmGcMetrics gcMetrics(PrometheusMeterRegistry registry) {
        JvmGcMetrics metrics = new JvmGcMetrics();
        metrics.bindTo(registry);
        return metrics;
    }

    /** Nothing changes what is in the caches, and to copy a record costs as much as to judge it. */
    private enum AsItIs implements Cloner {
        INSTANCE;

        @Override
        public <R extends HasMetadata> R clone(R object) {
            return object;
        }
    }
}
