package io.cbtguard.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.vmware.vim25.InvalidCollectorVersionFaultMsg;
import com.vmware.vim25.InvalidPropertyFaultMsg;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.ObjectUpdate;
import com.vmware.vim25.ObjectUpdateKind;
import com.vmware.vim25.PropertyFilterSpec;
import com.vmware.vim25.RetrieveOptions;
import com.vmware.vim25.RetrieveResult;
import com.vmware.vim25.UpdateSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import javax.xml.ws.soap.SOAPFaultException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The property collector tells everything once, then every change, in pages, and survives lost answers. */
@Tag("simulator")
class PropertyCollectorIT {
    private Simulator simulator;
    private VimTestClient client;
    private ManagedObjectReference view;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(SimulatorOptions.defaults().withTls(false).withVms(250));
        client = VimTestClient.loggedIn(simulator);
        view = client.view("VirtualMachine");
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private Watch watch(String... paths) throws Exception {
        return new Watch(client, VimTestClient.membersOf(view, "VirtualMachine", paths));
    }

    @Test
    void aPageHoldsAHundredObjectsWhateverIsAsked() throws Exception {
        Watch watch = watch("name");
        UpdateSet first = Objects.requireNonNull(watch.wait("", 0, 10_000));
        assertThat(first.getFilterSet().get(0).getObjectSet()).hasSize(100);
        assertThat(first.isTruncated()).isTrue();
        UpdateSet second = Objects.requireNonNull(watch.wait(first.getVersion(), 0, 10_000));
        UpdateSet third = Objects.requireNonNull(watch.wait(second.getVersion(), 0, 10_000));
        assertThat(third.getFilterSet().get(0).getObjectSet()).hasSize(50);
        assertThat(third.isTruncated()).isNull();
        assertThat(watch.wait(third.getVersion(), 0, 10_000)).isNull();
    }

    @Test
    void anObjectThatEntersShowsAllSetPaths() throws Exception {
        ObjectUpdate update = watch("name", "snapshot", "config.hardware.device", "runtime.powerState")
                .drain(0)
                .get(0);
        assertThat(update.getKind()).isEqualTo(ObjectUpdateKind.ENTER);
        assertThat(Watch.names(update)).containsExactly("name", "config.hardware.device", "runtime.powerState");
    }

    @Test
    void aWaitingClientHearsOfAChangeAtOnceAndOnlyOfThat() throws Exception {
        Watch watch = watch("name", "config.changeVersion", "snapshot");
        watch.drain(0);
        CompletableFuture<List<ObjectUpdate>> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return watch.drain(20);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        simulator.vms().snapshot("web-01", "one");
        List<ObjectUpdate> updates = waiting.get(10, java.util.concurrent.TimeUnit.SECONDS);
        assertThat(updates).hasSize(1);
        assertThat(Watch.names(updates.get(0))).containsExactlyInAnyOrder("config.changeVersion", "snapshot");
    }

    @Test
    void changesOfOneObjectAreMerged() throws Exception {
        Watch watch = watch("name", "config.changeVersion");
        watch.drain(0);
        simulator.vms().rename("web-01", "a");
        simulator.vms().rename("a", "b");
        List<ObjectUpdate> updates = watch.drain(5);
        assertThat(updates).hasSize(1);
        assertThat(updates.get(0).getChangeSet().get(0).getVal()).isEqualTo("b");
    }

    @Test
    void aLostAnswerIsToldAgain() throws Exception {
        Watch watch = watch("name");
        watch.drain(0);
        String before = watch.version;
        simulator.vms().rename("web-01", "renamed");
        UpdateSet lost = Objects.requireNonNull(watch.wait(before, 5, 100));
        simulator.vms().rename("app-01", "too");
        UpdateSet again = Objects.requireNonNull(watch.wait(before, 5, 100));
        assertThat(again.getVersion()).isNotEqualTo(lost.getVersion());
        assertThat(Watch.moRefs(again.getFilterSet().get(0).getObjectSet())).containsExactly("vm-1001", "vm-1002");
    }

    @Test
    void aVersionOfATruncatedAnswerCanBeUsedOnce() throws Exception {
        Watch watch = watch("name");
        UpdateSet first = Objects.requireNonNull(watch.wait("", 0, 100));
        watch.wait(first.getVersion(), 0, 100);
        assertThatThrownBy(() -> watch.wait(first.getVersion(), 0, 100))
                .isInstanceOf(InvalidCollectorVersionFaultMsg.class);
    }

    @Test
    void aVersionOfAnotherCollectorIsRefused() throws Exception {
        Watch one = watch("name");
        Watch other = watch("name");
        one.drain(0);
        other.drain(0);
        assertThatThrownBy(() -> one.wait(other.version, 0, 100)).isInstanceOf(InvalidCollectorVersionFaultMsg.class);
    }

    @Test
    void anUnknownPathRefusesTheWholeFilter() {
        for (String path : List.of("nonsense", "config.nonsense", "name.nonsense", "config[1]")) {
            assertThatThrownBy(() -> watch("name", path))
                    .isInstanceOfSatisfying(
                            InvalidPropertyFaultMsg.class,
                            fault -> assertThat(fault.getFaultInfo().getName()).isEqualTo(path));
        }
    }

    @Test
    void aCancelledWaitEndsWithRequestCanceled() throws Exception {
        Watch watch = watch("name");
        watch.drain(0);
        CompletableFuture<Throwable> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                watch.drain(20);
                return new AssertionError("not cancelled");
            } catch (Exception e) {
                return e;
            }
        });
        VimTestClient other = client;
        while (!waiting.isDone()) {
            other.port.cancelWaitForUpdates(watch.collector);
        }
        assertThat(waiting.get()).isInstanceOfSatisfying(SOAPFaultException.class, fault -> assertThat(
                        fault.getFault().getDetail().getFirstChild().getLocalName())
                .isEqualTo("RequestCanceledFault"));
    }

    @Test
    void vmsEnterAndLeaveTheView() throws Exception {
        Watch watch = watch("name");
        watch.drain(0);
        String moRef = simulator.vms().create("late", 1L << 30);
        List<ObjectUpdate> came = watch.drain(5);
        assertThat(Watch.moRefs(came)).containsExactly(moRef);
        assertThat(came.get(0).getKind()).isEqualTo(ObjectUpdateKind.ENTER);
        simulator.vms().powerOff("late");
        simulator.vms().destroy("late");
        List<ObjectUpdate> went = watch.drain(5);
        assertThat(Watch.moRefs(went)).containsExactly(moRef);
        assertThat(went.get(0).getKind()).isEqualTo(ObjectUpdateKind.LEAVE);
    }

    @Test
    void hostsEnterAndLeaveAViewToo() throws Exception {
        ManagedObjectReference hosts = client.view("HostSystem");
        Watch watch = new Watch(client, VimTestClient.membersOf(hosts, "HostSystem", "name", "config.product"));
        assertThat(watch.drain(0)).hasSize(4);
        String added = simulator.hosts().add("esx-99.example.com", "8.0.3", "24322831", "esx-01.example.com");
        assertThat(Watch.moRefs(watch.drain(5))).containsExactly(added);
        simulator.hosts().remove(added);
        assertThat(watch.drain(5).get(0).getKind()).isEqualTo(ObjectUpdateKind.LEAVE);
    }

    @Test
    void anUnsetPropertyIsAnnouncedAsAssignedNothing() throws Exception {
        Watch watch = watch("snapshot");
        watch.drain(0);
        simulator.vms().snapshot("web-01", "one");
        watch.drain(5);
        simulator.vms().removeAllSnapshots("web-01");
        assertThat(watch.drain(5).get(0).getChangeSet().get(0).getVal()).isNull();
    }

    @Test
    void propertiesAreReadInPagesOfAHundredWithAToken() throws Exception {
        RetrieveResult page = client.port.retrievePropertiesEx(
                client.content.getPropertyCollector(),
                List.of(VimTestClient.membersOf(view, "VirtualMachine", "name")),
                new RetrieveOptions());
        List<Integer> sizes = new ArrayList<>(List.of(page.getObjects().size()));
        HashSet<String> names = new HashSet<>();
        page.getObjects().forEach(object -> names.add(object.getObj().getValue()));
        while (page.getToken() != null) {
            page = client.port.continueRetrievePropertiesEx(client.content.getPropertyCollector(), page.getToken());
            sizes.add(page.getObjects().size());
            page.getObjects().forEach(object -> names.add(object.getObj().getValue()));
        }
        assertThat(sizes).containsExactly(100, 100, 50);
        assertThat(names).hasSize(250);
    }

    @Test
    void readingAnObjectThatIsGoneFails() {
        PropertyFilterSpec spec = VimTestClient.only(VimTestClient.vm("vm-9"), "name");
        assertThatThrownBy(() -> client.port.retrievePropertiesEx(
                        client.content.getPropertyCollector(), List.of(spec), new RetrieveOptions()))
                .isInstanceOfSatisfying(SOAPFaultException.class, fault -> assertThat(
                                fault.getFault().getDetail().getFirstChild().getLocalName())
                        .isEqualTo("ManagedObjectNotFoundFault"));
    }

    @Test
    void oneKeyOfTheExtraConfigurationCanBeRead() throws Exception {
        Object value = client.property(VimTestClient.vm("vm-1001"), "config.extraConfig[\"ctkEnabled\"].value");
        assertThat(value).isEqualTo("TRUE");
    }
}
