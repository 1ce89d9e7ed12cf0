package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.VCenter;
import io.cbtguard.api.v1alpha1.VMBackup;
import io.cbtguard.api.v1alpha1.VMBackupStatus.DecisionType;
import io.cbtguard.fake.FakeVcenter;
import java.util.Objects;

/** A VM with a valid baseline, whose verdict must not change whatever people get wrong about others. Needs the policy gold. */
final class Bystander {
    private static final String NAME = "bystander";

    private final GuardBed bed;
    private final FakeVcenter server;
    private final String vcenter;
    private final String moRef;

    Bystander(GuardBed bed, FakeVcenter server, String vcenter) {
        this.bed = bed;
        this.server = server;
        this.vcenter = vcenter;
        moRef = server.add(NAME);
        bed.protect(NAME, vcenter, "moRef: " + moRef);
        bed.awaitVm(NAME, ConditionTypes.READY, "True", "Bound");
        bed.backUp(server, NAME, moRef, NAME + "-1");
        bed.awaitVm(NAME, ConditionTypes.FORCE_FULL, "False", "NotNeeded");
    }

    void isUnaffected() {
        ProtectedVM vm = bed.protectedVm(NAME);
        assertThat(GuardBed.has(vm, ConditionTypes.READY, "True", "Bound")).isTrue();
        assertThat(GuardBed.has(vm, ConditionTypes.FRESH, "True", "Current")).isTrue();
        assertThat(GuardBed.has(vm, ConditionTypes.FORCE_FULL, "False", "NotNeeded"))
                .isTrue();
        assertThat(GuardBed.has(bed.get(VCenter.class, bed.own, vcenter), ConditionTypes.READY, "True", "Connected"))
                .isTrue();
    }

    void goesOnWithItsChain() {
        VMBackup next = bed.backUp(server, NAME, moRef, NAME + "-2");
        assertThat(GuardBed.has(next, ConditionTypes.COMMITTED, "True", "Current"))
                .isTrue();
        assertThat(Objects.requireNonNull(next.getStatus().decision()).type()).isEqualTo(DecisionType.Incremental);
    }
}
