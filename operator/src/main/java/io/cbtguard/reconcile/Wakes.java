package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.BackupPolicy;
import io.cbtguard.api.v1alpha1.CBTAdvisory;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.VCenter;
import io.cbtguard.api.v1alpha1.VMBackup;
import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.api.v1alpha1.VMRestore;
import io.cbtguard.metrics.GuardMetrics;
import io.cbtguard.metrics.VcenterStates;
import io.cbtguard.metrics.VmStates;
import io.cbtguard.record.RecordRef;
import io.cbtguard.record.RecordStore;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who hears of what: one place for all the ways in which one object's change is another one's business. */
final class Wakes implements AutoCloseable {
    /** So many statuses are looked at again in each beat because of an outage: fewer than a hundred a second, also after a stall. */
    private static final int PACE = 7;

    /** Records that are judged again because of an advisory: so many every so often. */
    private static final int BATCH = 40;

    private static final Duration BEAT = Duration.ofMillis(100);

    private static final Duration REFUSED = Duration.ofMillis(500);

    final Wake<VCenter> vcenters;
    final Wake<BackupPolicy> policies;
    final Wake<ProtectedVM> protectedVms;
    final Wake<VMBackup> backups;
    final Wake<VMRestore> restores;
    final Wake<CBTAdvisory> advisories;
    final Wake<VMRecord> records;

    /** ProtectedVMs that are to be woken, in their order. */
    private final Set<ResourceID> due = new LinkedHashSet<>();

    private boolean isBeating;

    private final AtomicInteger wave = new AtomicInteger();
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("wake-later").factory());

    private final List<Consumer<String>> forgetting = new CopyOnWriteArrayList<>();

    final Ripples ripples;

    Wakes(
            Informed informed,
            RecordStore store,
            Watches watches,
            Advisories inForce,
            GuardMetrics metrics,
            VmStates vmStates,
            VcenterStates vcenterStates,
            Waves waves) {
        ripples = new Ripples(informed, store, watches, this, inForce, metrics, vmStates, vcenterStates, waves);
        vcenters = new Wake<>("vcenter-wake", new Hearing<>(VCenter.class, informed, ripples::vcenter));
        policies = new Wake<>("policy-wake", new Hearing<>(BackupPolicy.class, informed, ripples::policy));
        protectedVms = new Wake<>("vm-wake", new Hearing<>(ProtectedVM.class, informed, ripples::protectedVm));
        backups = new Wake<>("backup-wake", new Hearing<>(VMBackup.class, informed, ripples::backup));
        restores = new Wake<>("restore-wake", new Hearing<>(VMRestore.class, informed, ripples::restore));
        advisories = new Wake<>("advisory-wake", new Hearing<>(CBTAdvisory.class, informed, ripples::advisory));
        records = new Wake<>("record-wake", new Hearing<>(VMRecord.class, informed, ripples::record));
        waves.wakeBy(this);
    }

    /** What is kept for an object goes with it. */
    void whenGone(Consumer<String> forget) {
        forgetting.add(forget);
    }

    /** @param whom uid of the object, or {@code namespace/name} of a record or policy */
    void gone(String whom) {
        forgetting.forEach(forget -> forget.accept(whom));
    }

    void record(RecordRef ref) {
        records.wake(new ResourceID(ref.name(), ref.namespace()));
    }

    /** For an object whose status was refused: by then the cache shows what it was not judged from. */
    Consumer<ResourceID> soon(Wake<?> whose) {
        return id -> after(REFUSED, () -> whose.wake(id));
    }

    /** Wakes many ProtectedVMs, not all at once; whoever else does so meanwhile queues behind them. */
    void paced(List<ResourceID> many) {
        synchronized (due) {
            due.addAll(many);
            if (!isBeating && !due.isEmpty()) {
                isBeating = true;
                after(Duration.ZERO, this::beat);
            }
        }
    }

    /** One that comes late does not hasten the next. */
    private void beat() {
        List<ResourceID> now;
        synchronized (due) {
            now = due.stream().limit(PACE).toList();
            now.forEach(due::remove);
            isBeating = !now.isEmpty();
            if (isBeating) {
                after(BEAT, this::beat);
            }
        }
        now.forEach(protectedVms::wake);
    }

    /**
     * Has all these records judged again, some hundreds a second, so that what people do meanwhile is not kept waiting. A later wave
     * takes the place of one that is under way.
     */
    void everyRecord(List<RecordRef> all) {
        int mine = wave.incrementAndGet();
        for (int from = 0; from < all.size(); from += BATCH) {
            List<RecordRef> batch = all.subList(from, Math.min(all.size(), from + BATCH));
            after(BEAT.multipliedBy(from / BATCH), () -> {
                if (wave.get() == mine) {
                    batch.forEach(this::record);
                }
            });
        }
    }

    void after(Duration delay, Runnable task) {
        if (!later.isShutdown()) {
            later.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        later.shutdownNow();
    }

    /** What becomes of one informer event. */
    interface Ripple<P> {
        /**
         * @param before null: created
         * @param after null: deleted
         */
        void spread(@Nullable P before, @Nullable P after);
    }

    private record Hearing<P extends HasMetadata>(Class<P> kind, Informed informed, Ripple<P> ripple)
            implements Wake.Hearer<P> {
        @Override
        public void synced() {
            informed.synced(kind);
        }

        @Override
        public void created(P object) {
            ripple.spread(null, object);
        }

        @Override
        public void updated(P before, P after) {
            ripple.spread(before, after);
        }

        @Override
        public void deleted(P object) {
            ripple.spread(object, null);
        }
    }
}
