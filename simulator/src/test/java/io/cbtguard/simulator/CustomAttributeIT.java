package io.cbtguard.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.vmware.vim25.ArrayOfCustomFieldDef;
import com.vmware.vim25.ArrayOfCustomFieldValue;
import com.vmware.vim25.CustomFieldDef;
import com.vmware.vim25.CustomFieldStringValue;
import com.vmware.vim25.DuplicateNameFaultMsg;
import com.vmware.vim25.ManagedObjectReference;
import io.cbtguard.simulator.event.PostedEvent;
import java.util.Objects;
import javax.xml.ws.soap.SOAPFaultException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Custom attributes are defined once and hung on entities, as backup products do. */
@Tag("simulator")
class CustomAttributeIT {
    private static final ManagedObjectReference VM = VimTestClient.vm("vm-1001");

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

    private CustomFieldDef define(String name, @Nullable String type) throws Exception {
        return client.port.addCustomFieldDef(client.content.getCustomFieldsManager(), name, type, null, null);
    }

    private String value(String path) throws Exception {
        ArrayOfCustomFieldValue all = (ArrayOfCustomFieldValue) Objects.requireNonNull(client.property(VM, path));
        return ((CustomFieldStringValue) all.getCustomFieldValue().get(0)).getValue();
    }

    @Test
    void aValueIsReadAndWatchedWhereverItIsShown() throws Exception {
        CustomFieldDef field = define("Backup status", "VirtualMachine");
        Watch watch = new Watch(client, VimTestClient.only(VM, "customValue"));
        watch.drain(0);

        client.port.setField(client.content.getCustomFieldsManager(), VM, field.getKey(), "done");

        assertThat(watch.drain(5)).hasSize(1);
        assertThat(value("customValue")).isEqualTo("done");
        assertThat(value("value")).isEqualTo("done");
        assertThat(value("summary.customValue")).isEqualTo("done");
        PostedEvent event = simulator.newestEvents(1).get(0);
        assertThat(event.type()).isEqualTo("vim.event.CustomFieldValueChangedEvent");
        assertThat(event.entity()).isEqualTo("vm-1001");
    }

    @Test
    void anEntityNamesTheAttributesThatItCanHave() throws Exception {
        define("of VMs", "VirtualMachine");
        define("of hosts", "HostSystem");
        define("of all", null);
        ArrayOfCustomFieldDef fields =
                (ArrayOfCustomFieldDef) Objects.requireNonNull(client.property(VM, "availableField"));
        assertThat(fields.getCustomFieldDef())
                .extracting(CustomFieldDef::getName)
                .containsExactly("of VMs", "of all");
    }

    @Test
    void aNameIsDefinedOnce() throws Exception {
        define("twice", null);
        assertThatThrownBy(() -> define("twice", null)).isInstanceOf(DuplicateNameFaultMsg.class);
    }

    @Test
    void anAttributeGoesWithItsDefinition() throws Exception {
        client.port.setCustomValue(VM, define("gone soon", null).getName(), "here");
        assertThat(value("customValue")).isEqualTo("here");
        ArrayOfCustomFieldDef fields = (ArrayOfCustomFieldDef)
                Objects.requireNonNull(client.property(client.content.getCustomFieldsManager(), "field"));
        client.port.removeCustomFieldDef(
                client.content.getCustomFieldsManager(),
                fields.getCustomFieldDef().get(0).getKey());
        ArrayOfCustomFieldValue none =
                (ArrayOfCustomFieldValue) Objects.requireNonNull(client.property(VM, "customValue"));
        assertThat(none.getCustomFieldValue()).isEmpty();
    }

    @Test
    void aUserNeedsThePrivilege() {
        simulator.privileges().deny(simulator.userName(), "Global.ManageCustomFields");
        assertThatThrownBy(() -> define("mine", null))
                .satisfiesAnyOf(
                        fault -> assertThat(fault).hasMessageContaining("Permission"),
                        fault -> assertThat(fault).isInstanceOf(SOAPFaultException.class));
    }

    @Test
    void aTestSetsAnAttributeByName() throws Exception {
        simulator.setCustomValue("web-01", "Owner", "alice", "bob");
        assertThat(value("customValue")).isEqualTo("alice");
        assertThat(simulator.newestEvents(1).get(0).userName()).isEqualTo("bob");
    }
}
