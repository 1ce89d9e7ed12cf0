package io.cbtguard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.ObjectSpec;
import com.vmware.vim25.ObjectUpdateKind;
import com.vmware.vim25.PropertyFilterSpec;
import com.vmware.vim25.PropertySpec;
import com.vmware.vim25.SelectionSpec;
import com.vmware.vim25.TraversalSpec;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Filters that walk the inventory themselves find the same objects as views and follow it too. */
@Tag("simulator")
class TraversalIT {
    private Simulator simulator;
    private VimTestClient client;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(SimulatorOptions.defaults().withTls(false));
        client = VimTestClient.loggedIn(simulator);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private static TraversalSpec step(String name, String type, String path, SelectionSpec... next) {
        TraversalSpec step = new TraversalSpec();
        step.setName(name);
        step.setType(type);
        step.setPath(path);
        step.setSkip(false);
        step.getSelectSet().addAll(List.of(next));
        return step;
    }

    private static SelectionSpec again(String name) {
        SelectionSpec selection = new SelectionSpec();
        selection.setName(name);
        return selection;
    }

    private static PropertyFilterSpec from(ManagedObjectReference start, SelectionSpec... steps) {
        ObjectSpec object = new ObjectSpec();
        object.setObj(start);
        object.setSkip(true);
        object.getSelectSet().addAll(List.of(steps));
        PropertySpec properties = new PropertySpec();
        properties.setType("VirtualMachine");
        properties.getPathSet().add("name");
        PropertyFilterSpec spec = new PropertyFilterSpec();
        spec.getObjectSet().add(object);
        spec.getPropSet().add(properties);
        return spec;
    }

    @Test
    void aRecursiveTraversalFromTheRootFindsAndFollowsAllVms() throws Exception {
        TraversalSpec folders = step(
                "folders",
                "Folder",
                "childEntity",
                again("folders"),
                step("dc", "Datacenter", "vmFolder", again("folders")));
        Watch watch = new Watch(client, from(client.content.getRootFolder(), folders));
        assertThat(watch.drain(0)).hasSize(20);
        String added = simulator.vms().create("late", 1L << 30);
        assertThat(Watch.moRefs(watch.drain(5))).containsExactly(added);
        simulator.vms().rename("late", "later");
        assertThat(watch.drain(5).get(0).getKind()).isEqualTo(ObjectUpdateKind.MODIFY);
        simulator.vms().powerOff("later");
        simulator.vms().destroy("later");
        assertThat(watch.drain(5).get(0).getKind()).isEqualTo(ObjectUpdateKind.LEAVE);
    }

    @Test
    void aListOfViewsIsWalkedIntoTheirMembers() throws Exception {
        ManagedObjectReference vms = client.view("VirtualMachine");
        ManagedObjectReference list = client.port.createListView(client.content.getViewManager(), List.of(vms));
        Watch watch =
                new Watch(client, from(list, step("list", "ListView", "view", step("view", "ContainerView", "view"))));
        assertThat(watch.drain(0)).hasSize(20);
        String added = simulator.vms().create("late", 1L << 30);
        assertThat(Watch.moRefs(watch.drain(5))).containsExactly(added);
    }

    @Test
    void aHostLeadsToTheVmsOnIt() throws Exception {
        String host = simulator.vms().get("web-01").host();
        Watch watch =
                new Watch(client, from(VimTestClient.reference("HostSystem", host), step("vms", "HostSystem", "vm")));
        int before = watch.drain(0).size();
        String target = simulator.hosts().list().get(3).moRef();
        simulator.vms().migrate("web-01", target);
        assertThat(watch.drain(5)).extracting(update -> update.getKind()).containsExactly(ObjectUpdateKind.LEAVE);
        assertThat(simulator.hosts().get(host).vms()).hasSize(before - 1);
    }
}
