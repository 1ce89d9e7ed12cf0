package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.BackupPolicy;
import io.cbtguard.api.v1alpha1.BackupPolicySpec;
import io.cbtguard.api.v1alpha1.Durations;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.ProtectedVMSpec;
import io.cbtguard.judge.Protection;
import io.cbtguard.judge.Rules;
import io.cbtguard.record.Claim;
import io.fabric8.kubernetes.api.model.Namespace;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a ProtectedVM and its policy mean for a judgement. */
final class Protections {
    private static final Duration LONGEST_RUN = Duration.ofHours(720);

    private final Informed informed;
    private final Advisories advisories;

    Protections(Informed informed, Advisories advisories) {
        this.informed = informed;
        this.advisories = advisories;
    }

    /** By the ProtectedVM that has this claim; nothing is tolerated where there is none, or no policy. */
    Protection of(@Nullable Claim claim) {
        return Optional.ofNullable(claim)
                .flatMap(c -> informed.protectedVmByUid(c.uid()))
                .map(this::of)
                .orElseGet(this::strict);
    }

    /** For a record that nobody protects now: nothing is tolerated, and advisories count. */
    Protection strict() {
        return Protection.STRICT.under(advisories.inForce());
    }

    Protection of(ProtectedVM vm) {
        String name = vm.getMetadata().getNamespace();
        String uid = informed.namespace(name).map(Protections::uid).orElse("");
        return informed.policy(Informed.policyOf(vm))
                .map(BackupPolicy::getSpec)
                .map(policy -> of(uid, name, excluded(vm), policy))
                .orElseGet(() -> strict(uid, name, excluded(vm)))
                .under(advisories.inForce());
    }

    private static Protection of(String uid, String name, List<String> excluded, BackupPolicySpec policy) {
        return new Protection(
                uid,
                name,
                excluded,
                policy.rpo() == null ? null : Durations.parse(policy.rpo()),
                policy.scope() == BackupPolicySpec.Scope.Disk,
                policy.onInvalid() == BackupPolicySpec.FullOrRefuse.Refuse,
                policy.onUnknown() == BackupPolicySpec.FullOrRefuse.Full,
                Durations.parse(policy.decisionTimeout()),
                reportTimeout(policy),
                Durations.parse(policy.forceFullGrace()),
                policy.restoreTest() == null
                        ? null
                        : Durations.parse(policy.restoreTest().maxAge()),
                fullDue(policy.full()),
                policy.history().series(),
                List.of(),
                rules(policy.rules()));
    }

    /** Not longer than the CRD admits, whatever was stored before it said so. */
    private static Duration reportTimeout(BackupPolicySpec policy) {
        Duration asked = Durations.parse(policy.reportTimeout());
        return asked.compareTo(LONGEST_RUN) > 0 ? LONGEST_RUN : asked;
    }

    private static Protection strict(String uid, String name, List<String> excluded) {
        Protection s = Protection.STRICT;
        Duration timeout = s.decisionTimeout();
        return new Protection(
                uid,
                name,
                excluded,
                null,
                false,
                false,
                false,
                timeout,
                s.reportTimeout(),
                s.forceFullGrace(),
                null,
                s.fullDue(),
                s.finishedSeries(),
                s.advisories(),
                s.rules());
    }

    private static Protection.FullDue fullDue(BackupPolicySpec.FullDue full) {
        Duration maxAge = Durations.parse(full.maxAge());
        return new Protection.FullDue(maxAge.isZero() ? null : maxAge, full.maxIncrementals());
    }

    private static Rules rules(BackupPolicySpec.Rules rules) {
        return new Rules(
                Rules.HostUpgrade.valueOf(rules.hostUpgrade().name()),
                Rules.AffectedHost.valueOf(rules.affectedHost().name()),
                rules.eventGap() == BackupPolicySpec.EventGap.Accept,
                rules.identity() == BackupPolicySpec.Identity.Accept,
                rules.adoption() == BackupPolicySpec.Adoption.Reset,
                rules.unseenSnapshot() == BackupPolicySpec.UnseenSnapshot.TrustReport,
                rules.assumeBase() == BackupPolicySpec.AssumeBase.LastCommitted,
                rules.diskRelocated() == BackupPolicySpec.DiskRelocated.Always,
                rules.diskResized() == BackupPolicySpec.DiskResized.Always,
                Rules.UncleanShutdown.valueOf(rules.uncleanShutdown().name()),
                rules.consolidation() == BackupPolicySpec.Consolidation.Wait);
    }

    private static List<String> excluded(ProtectedVM vm) {
        ProtectedVMSpec.Disks disks = vm.getSpec().disks();
        return disks == null
                ? List.of()
                : disks.exclude().stream()
                        .map(ProtectedVMSpec.DiskSelector::label)
                        .toList();
    }

    private static String uid(Namespace namespace) {
        return namespace.getMetadata().getUid();
    }
}
