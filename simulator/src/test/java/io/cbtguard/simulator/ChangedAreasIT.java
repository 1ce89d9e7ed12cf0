package io.cbtguard.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.vmware.vim25.DiskChangeInfo;
import com.vmware.vim25.FileFaultFaultMsg;
import com.vmware.vim25.InvalidArgument;
import com.vmware.vim25.ManagedObjectReference;
import io.cbtguard.simulator.vm.VirtualMachines;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import javax.xml.ws.soap.SOAPFaultException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** QueryChangedDiskAreas tells what the tracking map knows: all of it, and after a revert too little. */
@Tag("simulator")
class ChangedAreasIT {
    private static final long BLOCK = 64 * 1024;
    private static final ManagedObjectReference VM = VimTestClient.vm("vm-1001");

    private Simulator simulator;
    private VirtualMachines vms;
    private VimTestClient client;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(SimulatorOptions.defaults().withTls(false).withVms(1));
        vms = simulator.vms();
        client = VimTestClient.loggedIn(simulator);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private String frozen(String snapshot) {
        return Objects.requireNonNull(
                vms.get("web-01").snapshot(snapshot).disks().get(0).changeId());
    }

    private DiskChangeInfo query(String snapshot, String changeId) throws Exception {
        return query(snapshot, changeId, 0);
    }

    private DiskChangeInfo query(String snapshot, String changeId, long offset) throws Exception {
        String moRef = vms.get("web-01").snapshot(snapshot).moRef();
        return client.port.queryChangedDiskAreas(
                VM, VimTestClient.reference("VirtualMachineSnapshot", moRef), 2000, offset, changeId);
    }

    @Test
    void whatWasWrittenBetweenTwoSnapshotsIsTold() throws Exception {
        vms.snapshot("web-01", "one");
        vms.write("web-01", 2000, 10 * BLOCK + 5, 10);
        vms.write("web-01", 2000, 11 * BLOCK, BLOCK);
        vms.snapshot("web-01", "two");
        vms.write("web-01", 2000, 99 * BLOCK, 1);
        DiskChangeInfo changes = query("two", frozen("one"));
        assertThat(changes.getChangedArea()).hasSize(1);
        assertThat(changes.getChangedArea().get(0).getStart()).isEqualTo(10 * BLOCK);
        assertThat(changes.getChangedArea().get(0).getLength()).isEqualTo(2 * BLOCK);
        assertThat(changes.getLength()).isEqualTo(vms.get("web-01").disk(2000).capacity());
        assertThat(query("two", frozen("two")).getChangedArea()).isEmpty();
    }

    @Test
    void anIdIsGoodAfterItsSnapshotIsGone() throws Exception {
        vms.snapshot("web-01", "one");
        String since = frozen("one");
        vms.write("web-01", 2000, 0, 1);
        vms.removeAllSnapshots("web-01");
        vms.snapshot("web-01", "two");
        assertThat(query("two", since).getChangedArea()).hasSize(1);
    }

    @Test
    void afterARevertAnIdFromBeforeItMissesChangesWithoutAFault() throws Exception {
        vms.snapshot("web-01", "foreign");
        vms.write("web-01", 2000, 5 * BLOCK, 1);
        vms.snapshot("web-01", "backup");
        String backup = frozen("backup");
        vms.revert("web-01", "foreign");
        vms.write("web-01", 2000, 7 * BLOCK, 1);
        vms.snapshot("web-01", "next");
        assertThat(vms.read("web-01", "next", 2000, 5 * BLOCK, 4))
                .as("block 5 differs from what the backup saw")
                .isNotEqualTo(vms.read("web-01", "backup", 2000, 5 * BLOCK, 4));
        assertThat(query("next", backup).getChangedArea()).isEmpty();
    }

    @Test
    void aStarTellsWhatIsAllocated() throws Exception {
        vms.write("web-01", 2000, 3 * BLOCK, 1);
        vms.snapshot("web-01", "one");
        assertThat(query("one", "*").getChangedArea()).hasSize(1);
    }

    @Test
    void aLongAnswerIsPagedAndAskedOnFromItsEnd() throws Exception {
        vms.snapshot("web-01", "one");
        for (int i = 0; i < 2500; i++) {
            vms.write("web-01", 2000, 2L * i * BLOCK, 1);
        }
        vms.snapshot("web-01", "two");
        DiskChangeInfo first = query("two", frozen("one"));
        assertThat(first.getChangedArea()).hasSize(2000);
        assertThat(first.getLength()).isLessThan(vms.get("web-01").disk(2000).capacity());
        DiskChangeInfo second = query("two", frozen("one"), first.getStartOffset() + first.getLength());
        assertThat(second.getChangedArea()).hasSize(500);
        assertThat(second.getStartOffset() + second.getLength())
                .isEqualTo(vms.get("web-01").disk(2000).capacity());
    }

    @Test
    void aForeignIdIsAFileFault() {
        vms.snapshot("web-01", "one");
        assertThatThrownBy(() -> query("one", "52 de c0 d9 b9 43 9d 10-61 d5 4c 1b e9 7b 65 63/1"))
                .isInstanceOfSatisfying(FileFaultFaultMsg.class, fault -> assertReason(fault, "cannotGetChanges"));
    }

    @Test
    void withTrackingOffEveryIdIsAFileFault() {
        vms.snapshot("web-01", "one");
        String since = frozen("one");
        vms.removeAllSnapshots("web-01");
        vms.setChangeTracking("web-01", false);
        vms.snapshot("web-01", "two");
        assertThatThrownBy(() -> query("two", since))
                .isInstanceOfSatisfying(FileFaultFaultMsg.class, fault -> assertReason(fault, "noTrack"));
        assertThatThrownBy(() -> query("two", "*"))
                .isInstanceOfSatisfying(FileFaultFaultMsg.class, fault -> assertReason(fault, "noEpoch"));
    }

    private static void assertReason(FileFaultFaultMsg fault, String reason) {
        assertThat(fault.getFaultInfo().getFaultMessage().get(0).getKey()).isEqualTo("vim.hostd.vmsvc.cbt." + reason);
    }

    @Test
    void aBadArgumentIsNamed() {
        vms.snapshot("web-01", "one");
        assertInvalid("changeId", () -> query("one", "nonsense"));
        assertInvalid("startOffset", () -> query("one", "*", -1));
        assertInvalid("startOffset", () -> query("one", "*", 1L << 60));
        assertInvalid("deviceKey", () -> client.port.queryChangedDiskAreas(VM, null, 77, 0, "*"), true);
        assertInvalid("snapshotId", () -> client.port.queryChangedDiskAreas(VM, null, 2000, 0, "*"), false);
    }

    private interface Query {
        void run() throws Exception;
    }

    private void assertInvalid(String property, Query query, boolean poweredOff) {
        if (poweredOff) {
            vms.powerOff("web-01");
        } else {
            vms.powerOn("web-01");
        }
        assertInvalid(property, query);
    }

    private static void assertInvalid(String property, Query query) {
        assertThatThrownBy(query::run).isInstanceOfSatisfying(SOAPFaultException.class, fault -> {
            Element detail = (Element) fault.getFault().getDetail().getFirstChild();
            assertThat(detail.getLocalName()).isEqualTo(InvalidArgument.class.getSimpleName() + "Fault");
            assertThat(detail.getElementsByTagNameNS("urn:vim25", "invalidProperty")
                            .item(0)
                            .getTextContent())
                    .isEqualTo(property);
        });
    }

    @Test
    void writesDuringConsolidationAreMissingOnAffectedBuilds() throws Exception {
        assertThat(changesDuringConsolidation("6.0.0", "3073146")).isZero();
        assertThat(changesDuringConsolidation("6.0.0", "3247720")).isEqualTo(1);
    }

    private int changesDuringConsolidation(String version, String build) throws Exception {
        vms.removeAllSnapshots("web-01");
        simulator.hosts().setBuild("esx-01.example.com", version, build);
        vms.snapshot("web-01", "one");
        String since = frozen("one");
        simulator.setTaskDuration(Duration.ofMillis(500));
        CompletableFuture<Void> removal = CompletableFuture.runAsync(() -> vms.removeAllSnapshots("web-01"));
        Awaitility.await().until(() -> client.running() > 0);
        vms.write("web-01", 2000, 8 * BLOCK, 1);
        removal.join();
        simulator.setTaskDuration(Duration.ofMillis(1));
        vms.snapshot("web-01", "two");
        return query("two", since).getChangedArea().size();
    }
}
