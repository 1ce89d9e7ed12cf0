package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.BackupType;
import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.NamespacedRef;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.ProtectedVMStatus;
import io.cbtguard.api.v1alpha1.ProtectedVMStatus.NextBackup;
import io.cbtguard.api.v1alpha1.ProtectedVMStatus.ObservedVM;
import io.cbtguard.inventory.Host;
import io.cbtguard.inventory.VirtualMachine;
import io.cbtguard.judge.Facts;
import io.cbtguard.judge.Judge;
import io.cbtguard.judge.Protection;
import io.cbtguard.judge.Reason;
import io.cbtguard.judge.Verdict;
import io.cbtguard.judge.record.Sighting;
import io.cbtguard.judge.record.VmRecord;
import io.cbtguard.record.RecordRef;
import io.cbtguard.record.StoredRecord;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The status of a ProtectedVM: what follows from its record and the present facts, or why nothing does. */
final class ProtectedVmProjection {
    private static final ProtectedVMStatus NONE = new ProtectedVMStatus(
            null, null, null, null, List.of(), List.of(), List.of(), List.of(), null, null, null, List.of(), null,
            List.of());

    private ProtectedVmProjection() {}

    /** A status, and the verdict that it shows; null if there is none to show. */
    record Projected(ProtectedVMStatus status, @Nullable Verdict verdict) {}

    /** Nothing is known of the VM, or nothing may be told to this namespace. */
    static Projected untold(ProtectedVM vm, Standing standing, Instant now) {
        String reason = standing.reason().name();
        String message = standing.message();
        Conditions conditions = conditions(vm, now);
        ready(vm, conditions, standing);
        for (String type : List.of(
                ConditionTypes.FRESH,
                ConditionTypes.CBT_ENABLED,
                ConditionTypes.BASELINE_VALID,
                ConditionTypes.FORCE_FULL,
                ConditionTypes.AT_RISK)) {
            conditions.set(type, "Unknown", reason, message);
        }
        NextBackup next = new NextBackup(BackupType.Unknown, reason, message, null);
        RecordRef ref = standing.record();
        ProtectedVMStatus status = new ProtectedVMStatus(
                vm.getMetadata().getGeneration(),
                ref == null ? null : new NamespacedRef(ref.name(), ref.namespace()),
                null,
                next,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                null,
                List.of(),
                null,
                conditions.list());
        return new Projected(status, null);
    }

    static Projected of(
            ProtectedVM vm, Standing standing, Freshness fresh, StoredRecord record, Facts facts, Protection rules) {
        VmRecord value = record.value();
        Verdict verdict = Judge.assess(value, facts, rules);
        Conditions conditions = conditions(vm, facts.now());
        ready(vm, conditions, standing);
        conditions.set(
                ConditionTypes.FRESH,
                fresh.current() ? "True" : "Unknown",
                fresh.reason().name(),
                fresh.message());
        set(conditions, ConditionTypes.CBT_ENABLED, verdict.cbtEnabled());
        set(conditions, ConditionTypes.BASELINE_VALID, verdict.baselineValid());
        set(conditions, ConditionTypes.FORCE_FULL, verdict.forceFull());
        set(conditions, ConditionTypes.AT_RISK, verdict.atRisk());
        String before = old(vm).observedAt();
        ProtectedVMStatus status = status(vm, record, facts, rules, verdict, before, conditions.list());
        if (!status.equals(vm.getStatus())) {
            String now = facts.through().time().toString();
            status = status(vm, record, facts, rules, verdict, now, conditions.list());
        }
        return new Projected(status, verdict);
    }

    private static ProtectedVMStatus status(
            ProtectedVM vm,
            StoredRecord record,
            Facts facts,
            Protection rules,
            Verdict verdict,
            @Nullable String observedAt,
            List<Condition> conditions) {
        VmRecord value = record.value();
        VerdictViews views = new VerdictViews(value, verdict, rules.namespaceUid());
        return new ProtectedVMStatus(
                vm.getMetadata().getGeneration(),
                new NamespacedRef(record.ref().name(), record.ref().namespace()),
                observed(value, facts),
                VerdictViews.next(verdict.nextBackup()),
                views.chains(),
                views.findings(),
                views.olderFindings(),
                views.restorePoints(),
                (long) verdict.suspectPoints(),
                text(verdict.lastGood()),
                text(verdict.lastRestoreTest()),
                views.activeRuns(),
                observedAt,
                conditions);
    }

    /** The VM as last seen: by the view, else by the record. */
    private static @Nullable ObservedVM observed(VmRecord record, Facts facts) {
        VirtualMachine vm = facts.vm();
        Sighting sighting = record.sighting();
        if (vm != null) {
            Host host = vm.host() == null ? null : facts.hosts().get(vm.host());
            var build = host == null ? null : host.build();
            return new ObservedVM(
                    vm.moRef(),
                    record.binding().vmUuid(),
                    vm.name(),
                    host == null ? vm.host() : host.name(),
                    build == null ? null : build.version(),
                    build == null ? null : build.build(),
                    vm.powerState());
        }
        if (sighting == null) {
            return null;
        }
        var build = sighting.build();
        return new ObservedVM(
                record.binding().moRef(),
                record.binding().vmUuid(),
                sighting.name(),
                sighting.hostName(),
                build == null ? null : build.version(),
                build == null ? null : build.build(),
                sighting.powerState());
    }

    private static void ready(ProtectedVM vm, Conditions conditions, Standing standing) {
        String status = standing.ready() ? "True" : standing.passing() ? "Unknown" : "False";
        // after a restart the name comes with the first view: until then what was said stands, for a write less
        String message = standing.message().equals(Binder.BOUND)
                ? Conditions.find(old(vm).conditions(), ConditionTypes.READY)
                        .filter(c -> standing.reason().name().equals(c.getReason()))
                        .map(Condition::getMessage)
                        .orElse(Binder.BOUND)
                : standing.message();
        conditions.set(ConditionTypes.READY, status, standing.reason().name(), message);
    }

    private static void set(Conditions conditions, String type, Verdict.Condition condition) {
        conditions.set(type, condition.status().name(), condition.reason().name(), condition.message());
    }

    private static Conditions conditions(ProtectedVM vm, Instant now) {
        long generation = Objects.requireNonNullElse(vm.getMetadata().getGeneration(), 0L);
        return new Conditions(old(vm).conditions(), generation, now);
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    private static ProtectedVMStatus old(ProtectedVM vm) {
        return vm.getStatus() == null ? NONE : vm.getStatus();
    }

    /** Whether the view of a VM is current. */
    record Freshness(boolean current, Reason reason, String message) {
        static final Freshness CURRENT = new Freshness(true, Reason.Current, "What vCenter shows now is known.");
    }
}
