package io.cbtguard;

import io.cbtguard.api.v1alpha1.CBTAdvisory;
import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.fake.FakeVcenter;
import io.cbtguard.inventory.EsxBuild;

/** A bed with one vCenter, and a story in which something happens to every metric. */
final class MeasuredStory implements AutoCloseable {
    final FakeVcenter vcenter = new FakeVcenter();
    final GuardBed bed = GuardBed.start();
    final String advisory = bed.own + "-317933";
    /** The VCenter, as metrics name it. */
    final String lab = bed.own + "/lab";

    MeasuredStory() {
        vcenter.build("host-1", new EsxBuild("6.0.0", 3029758));
        bed.vcenters.put("lab.example", vcenter);
        bed.vcenter("lab", "lab.example");
        bed.policy("gold", "{rpo: 24h, rules: {hostUpgrade: WhenAffected}}");
    }

    /** Backups, a test restore, a revert, a bulletin for the host, a VM that is not there, a record of a later release. */
    void tell() {
        String web = protect("web");
        bed.backUp(vcenter, "web", web, "web-1");
        bed.backUp(vcenter, "web", web, "web-2");
        bed.apply(bed.shop, """
                apiVersion: cbtguard.io/v1alpha1
                kind: VMRestore
                metadata: {name: web-test}
                spec: {protectedVMRef: {name: web}, kind: Test, restorePoint: web-1, outcome: Passed}
                """);
        bed.awaitThat(
                ProtectedVM.class,
                bed.shop,
                "web",
                "test restore",
                vm -> vm.getStatus().lastRestoreTest() != null);
        vcenter.revert(web, "before");
        bed.awaitVm("web", ConditionTypes.FORCE_FULL, "True", "SnapshotReverted");
        bulletin();
        bed.awaitVm("web", ConditionTypes.AT_RISK, "True", "NewestRestorePointSuspect");
        bed.protect("nobody", "lab", "name: nobody");
        bed.awaitVm("nobody", ConditionTypes.READY, "False", "VMNotFound");
        protect("newer");
        VMRecord newer = bed.record("newer");
        bed.patch(newer, "schema: %d".formatted(newer.getSchema() + 1));
        bed.awaitVm("newer", ConditionTypes.READY, "False", "RecordTooNew");
    }

    /** A bulletin for the build that the host has. */
    void bulletin() {
        bed.bulletin(advisory);
    }

    /** Adds a VM and protects it; returns its moRef. */
    String protect(String name) {
        String moRef = vcenter.add(name);
        bed.protect(name, "lab", "name: " + name);
        bed.awaitVm(name, ConditionTypes.READY, "True", "Bound");
        return moRef;
    }

    @Override
    public void close() {
        bed.admin.resources(CBTAdvisory.class).withName(advisory).delete();
        bed.close();
    }
}
