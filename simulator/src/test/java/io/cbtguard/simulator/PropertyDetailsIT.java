package io.cbtguard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.vmware.vim25.MissingProperty;
import com.vmware.vim25.NoPermission;
import com.vmware.vim25.ObjectContent;
import com.vmware.vim25.ObjectUpdate;
import com.vmware.vim25.ObjectUpdateKind;
import com.vmware.vim25.RetrieveOptions;
import com.vmware.vim25.VirtualMachineConfigInfo;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The finer points of the property collector: what may not be read, and what part of a value changed. */
@Tag("simulator")
class PropertyDetailsIT {
    private static final String DEVICES = "config.hardware.device";

    private Simulator simulator;
    private VimTestClient client;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(SimulatorOptions.defaults().withTls(false).withVms(2));
        client = VimTestClient.loggedIn(simulator);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private Watch watch(boolean partialUpdates, String... paths) throws Exception {
        Watch watch = new Watch(client, VimTestClient.only(VimTestClient.vm("vm-1001"), paths), partialUpdates);
        assertThat(watch.drain(0)).hasSize(1);
        return watch;
    }

    private void withhold(String path, boolean isWithheld) {
        simulator.setWithheld(simulator.userName(), "web-01", path, isWithheld);
    }

    private static List<String> missing(List<MissingProperty> set) {
        assertThat(set)
                .allSatisfy(missing -> assertThat(missing.getFault().getFault()).isInstanceOf(NoPermission.class));
        return set.stream().map(MissingProperty::getPath).toList();
    }

    @Test
    void aPropertyThatMayNotBeReadIsNamedAsMissing() throws Exception {
        withhold("config", true);
        ObjectContent content = client.port
                .retrievePropertiesEx(
                        client.content.getPropertyCollector(),
                        List.of(VimTestClient.only(VimTestClient.vm("vm-1001"), "name", DEVICES)),
                        new RetrieveOptions())
                .getObjects()
                .get(0);
        assertThat(missing(content.getMissingSet())).containsExactly(DEVICES);
        assertThat(content.getPropSet()).singleElement().satisfies(property -> assertThat(property.getName())
                .isEqualTo("name"));
    }

    @Test
    void aWatchingClientHearsThatAPropertyIsMissingAndThatItIsBack() throws Exception {
        Watch watch = watch(false, "name", DEVICES);

        withhold("config.hardware", true);
        ObjectUpdate gone = watch.drain(5).get(0);
        assertThat(gone.getKind()).isEqualTo(ObjectUpdateKind.MODIFY);
        assertThat(missing(gone.getMissingSet())).containsExactly(DEVICES);
        assertThat(gone.getChangeSet()).isEmpty();

        withhold("config.hardware", false);
        ObjectUpdate back = watch.drain(5).get(0);
        assertThat(back.getMissingSet()).isEmpty();
        assertThat(Watch.names(back)).containsExactly(DEVICES);
    }

    @Test
    void othersMayReadOn() throws Exception {
        simulator.accounts().set("bob@vsphere.local", "secret");
        simulator.setWithheld("bob@vsphere.local", "web-01", "", true);
        assertThat(client.property(VimTestClient.vm("vm-1001"), "name")).isEqualTo("web-01");
        VimTestClient bob = new VimTestClient(simulator);
        bob.login("bob@vsphere.local", "secret");
        assertThat(bob.property(VimTestClient.vm("vm-1001"), "name")).isNull();
        bob.close();
    }

    @Test
    void aChangeBelowAWantedPathIsToldAsTheWholeValueUnlessPartialUpdatesAreWanted() throws Exception {
        Watch whole = watch(false, "config");
        Watch parts = watch(true, "config");

        simulator.vms().setChangeTracking("web-01", false);

        ObjectUpdate all = whole.drain(5).get(0);
        assertThat(Watch.names(all)).containsExactly("config");
        assertThat(all.getChangeSet().get(0).getVal()).isInstanceOf(VirtualMachineConfigInfo.class);
        ObjectUpdate some = parts.drain(5).get(0);
        assertThat(Watch.names(some))
                .contains("config.changeTrackingEnabled", DEVICES, "config.changeVersion")
                .doesNotContain("config");
    }

    @Test
    void aChangeAtOrAboveAWantedPathIsToldByThatPathEitherWay() throws Exception {
        Watch parts = watch(true, "config.changeTrackingEnabled", "name");

        simulator.vms().setChangeTracking("web-01", false);
        simulator.vms().republish("web-01", "config");

        assertThat(Watch.names(parts.drain(5).get(0))).containsExactly("config.changeTrackingEnabled");
    }

    @Test
    void aValueThatDidNotChangeCanBeToldAgain() throws Exception {
        Watch watch = watch(false, "name");
        simulator.vms().republish("web-01", "name");
        ObjectUpdate again = watch.drain(5).get(0);
        assertThat(again.getChangeSet().get(0).getVal()).isEqualTo("web-01");
    }
}
