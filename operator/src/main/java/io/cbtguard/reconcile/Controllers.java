package io.cbtguard.reconcile;

import io.cbtguard.explain.Estate;
import io.cbtguard.metrics.PerVmMetrics;
import io.cbtguard.vsphere.VcenterWatch;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/** Registers the reconcilers with an operator, and holds what they share until it is closed. */
public final class Controllers implements AutoCloseable {
    private static final Duration LOOK_ANYWAY = Duration.ofMinutes(20);
    /** Objects of one answer: ten thousand records at once would need more memory to read than to keep. */
    private static final long PAGE = 500;

    private static final int RETRY_FIRST_MS = 500;
    private static final int RETRY_LAST_MS = 300_000;
    private static final double RETRY_GROWTH = 2;

    private final Parts parts;

    private Controllers(Parts parts) {
        this.parts = parts;
    }

    /**
     * @param factory opens watches of vCenters
     * @param vcenterNamespaces namespaces whose VCenters are watched; records are kept there
     * @param perVm whether each VM has a series of its own while all is well
     */
    public static Controllers register(
            Operator operator,
            KubernetesClient client,
            VcenterWatch.Factory factory,
            Set<String> vcenterNamespaces,
            MeterRegistry registry,
            PerVmMetrics perVm,
            Clock clock) {
        Parts parts = Parts.of(client, factory, vcenterNamespaces, registry, perVm, clock);
        register(operator, new BackupPolicyReconciler(parts), c -> {});
        register(operator, new ProtectedVmReconciler(parts), c -> {});
        register(operator, new VmBackupReconciler(parts), c -> {});
        register(operator, new VmRestoreReconciler(parts), c -> {});
        register(operator, new CbtAdvisoryReconciler(parts), c -> {});
        register(operator, new VmRecordReconciler(parts), c -> c.settingNamespaces(vcenterNamespaces));
        register(operator, new VCenterReconciler(parts), c -> {});
        return new Controllers(parts);
    }

    private static <R extends HasMetadata> void register(
            Operator operator, Reconciler<R> reconciler, Consumer<ControllerConfigurationOverrider<R>> own) {
        operator.register(reconciler, config -> {
            config.withRetry(GenericRetry.defaultLimitedExponentialRetry()
                            .withoutMaxAttempts()
                            .setInitialInterval(RETRY_FIRST_MS)
                            .setIntervalMultiplier(RETRY_GROWTH)
                            .setMaxInterval(RETRY_LAST_MS))
                    .withReconciliationMaxInterval(LOOK_ANYWAY)
                    .withInformerListLimit(PAGE)
                    .withFieldManager(StatusWriter.FIELD_MANAGER);
            own.accept(config);
        });
    }

    /** What is known, for those who ask. */
    public Estate known() {
        return new Known(parts);
    }

    /** Whether all that is in the cluster has been seen once. */
    public boolean synced() {
        return parts.informed().synced();
    }

    /** To be called before the operator stops: a look that begins later would take emptied caches for an empty cluster. */
    public void stopping() {
        parts.informed().stopping();
    }

    @Override
    public void close() {
        parts.wakes().close();
        parts.watches().close();
    }
}
