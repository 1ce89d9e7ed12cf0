package io.cbtguard.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.inventory.Disk;
import io.cbtguard.inventory.Snapshot;
import io.cbtguard.inventory.Trackability;
import io.cbtguard.inventory.VcenterView;
import io.cbtguard.inventory.VirtualMachine;
import io.cbtguard.simulator.Simulator;
import io.cbtguard.simulator.SimulatorOptions;
import io.cbtguard.simulator.vm.VmView;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A first sync of several pages: what is not watched is read beside them, and of every VM. */
@Tag("simulator")
class FirstSyncIT extends SimulatorFixture {
    /** Answers hold 100 objects. */
    private static final int VMS = 350;

    @Override
    @BeforeEach
    void start() {
        simulator = Simulator.start(SimulatorOptions.defaults().withVms(VMS).withHosts(4));
        vm = simulator.vms().list().getFirst();
        other = simulator.vms().list().getLast();
    }

    @Test
    @VcsimLacks("pages of answers")
    void what_extra_configuration_says_is_known_of_the_vms_of_every_page() throws Exception {
        List<String> untracked = simulator.vms().list().stream()
                .map(VmView::moRef)
                .filter(moRef -> moRef.hashCode() % 7 == 0)
                .toList();
        untracked.forEach(moRef -> simulator.vms().setExtraConfig(moRef, Map.of("ctkDisallowed", "true")));

        VcenterView view = now(connected());

        assertThat(view.vms())
                .hasSize(VMS)
                .filteredOn(each ->
                        each.disks().stream().map(Disk::trackability).allMatch(Trackability.CTK_DISALLOWED::equals))
                .extracting(VirtualMachine::moRef)
                .containsExactlyInAnyOrderElementsOf(untracked);
    }

    @Test
    @VcsimLacks("pages of answers")
    void change_ids_of_snapshots_are_known_of_the_vms_of_every_page() throws Exception {
        simulator.vms().list().forEach(each -> simulator.vms().snapshot(each.moRef(), "before"));

        VcenterView view = now(connected());

        assertThat(view.vms())
                .hasSize(VMS)
                .flatExtracting(VirtualMachine::snapshots)
                .hasSize(VMS)
                .allSatisfy(snapshot ->
                        assertThat(((Snapshot) snapshot).configRead()).isTrue());
    }
}
