package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.VMBackup;
import io.cbtguard.api.v1alpha1.VMBackupStatus.DecisionType;
import io.cbtguard.fake.FakeVcenter;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a policy says reaches the decision, also when it is changed afterwards. */
@Tag("cluster")
class PolicyIT {
    private final FakeVcenter vcenter = new FakeVcenter();
    private final GuardBed bed = GuardBed.start();
    private String moRef = "";

    @BeforeEach
    void aFullBackup() {
        bed.vcenters.put("lab.example", vcenter);
        bed.vcenter("lab", "lab.example");
        bed.policy("gold", "{}");
        moRef = vcenter.add("web");
        bed.protect("web", "lab", "name: web");
        bed.awaitVm("web", ConditionTypes.READY, "True", "Bound");
        bed.backUp(vcenter, "web", moRef, "web-1");
        bed.awaitVm("web", ConditionTypes.FORCE_FULL, "False", "NotNeeded");
    }

    @AfterEach
    void remove() {
        bed.close();
    }

    @Test
    void aDiskThatWasAddedIsReadInFullInsideAnIncrementalWhereThePolicySaysSo() {
        vcenter.addDisk(moRef);
        bed.awaitVm("web", ConditionTypes.FORCE_FULL, "True", "DiskAdded");

        bed.ask("refused", "web", "Incremental");
        bed.awaitBackup("refused", ConditionTypes.COMPLETE, "True", "DiskAdded");
        bed.policy("gold", "{scope: Disk}");
        bed.ask("web-2", "web", "Incremental");

        VMBackup decided = bed.awaitBackup("web-2", ConditionTypes.DECIDED, "True", "DiskAdded");
        var decision = Objects.requireNonNull(decided.getStatus().decision());
        assertThat(decision.type()).isEqualTo(DecisionType.Incremental);
        assertThat(decision.disks())
                .extracting(d -> d.type().name(), d -> d.baseRun())
                .containsExactly(tuple("Incremental", "web-1"), tuple("Full", null));
    }

    @Test
    void trackingThatNobodySawBeginIsTrustedUnlessThePolicyInsistsOnAReset() {
        bed.policy("gold", "{rules: {adoption: Reset}}");
        bed.awaitVm("web", ConditionTypes.FORCE_FULL, "True", "EnabledWithSnapshots");

        bed.policy("gold", "{rules: {adoption: Accept}}");
        bed.awaitVm("web", ConditionTypes.FORCE_FULL, "False", "NotNeeded");
    }
}
