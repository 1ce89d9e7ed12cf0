package io.cbtguard.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.fake.FakeVcenter;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.VcenterView;
import io.cbtguard.inventory.VirtualMachine;
import io.cbtguard.judge.Judge;
import io.cbtguard.judge.Protection;
import io.cbtguard.judge.record.Binding;
import io.cbtguard.judge.record.VmRecord;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** When a VM that was out of sight is back. */
class SightTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    private final FakeVcenter vcenter = new FakeVcenter();
    private final String moRef = vcenter.add("web");
    private final VmRecord lost = lost();

    private VmRecord lost() {
        VcenterView before = vcenter.picture();
        VirtualMachine vm = before.vm(moRef).orElseThrow();
        VmRecord bound = VmRecord.bound(
                new Binding("lab", "uid", before.about().instanceUuid(), vm.instanceUuid(), moRef, "r"),
                new Position(0, 1, NOW));
        VmRecord seen = learned(bound, before);
        vcenter.remove(moRef);
        VmRecord gone = learned(seen, vcenter.picture());
        vcenter.put(vm);
        return gone;
    }

    private static VmRecord learned(VmRecord record, VcenterView view) {
        return Judge.learn(record, Gather.facts(record, view, List.of(), NOW, true), Protection.STRICT)
                .record();
    }

    @Test
    void theSameVmIsBackInSight() {
        assertThat(Gather.isBackInSight(lost, vcenter.picture())).isTrue();
    }

    @Test
    void aVmIsLostAfterItsGraceAndNotBefore() {
        vcenter.remove(moRef);
        Instant since = Objects.requireNonNull(
                        Objects.requireNonNull(lost.sighting()).lostSince())
                .time();

        assertThat(Gather.isLost(lost, vcenter.picture(), since.plusSeconds(299), Binder.LOST_GRACE))
                .isFalse();
        assertThat(Gather.isLost(lost, vcenter.picture(), since.plusSeconds(300), Binder.LOST_GRACE))
                .isTrue();
    }

    @Test
    void aVmThatIsShownIsNotLost() {
        assertThat(Gather.isLost(lost, vcenter.picture(), Instant.MAX, Binder.LOST_GRACE))
                .isFalse();
    }

    @Test
    void anotherVmUnderTheSameMoRefIsNot() {
        vcenter.change(
                moRef,
                vm -> new VirtualMachine(
                        vm.moRef(),
                        "another-instance",
                        vm.name(),
                        vm.inventoryPath(),
                        vm.host(),
                        true,
                        vm.powerState(),
                        false,
                        "n",
                        true,
                        true,
                        vm.disks(),
                        vm.snapshots(),
                        vm.currentSnapshot()));

        assertThat(Gather.isBackInSight(lost, vcenter.picture())).isFalse();
    }
}
