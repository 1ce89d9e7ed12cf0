package io.cbtguard.simulator.host;

import com.vmware.vim25.EventEx;
import com.vmware.vim25.VcAgentUpgradedEvent;
import io.cbtguard.simulator.core.Vcenter;
import io.cbtguard.simulator.event.EventLog;
import io.cbtguard.simulator.inventory.EsxProduct;
import io.cbtguard.simulator.inventory.HostSystem;
import io.cbtguard.simulator.task.Task;
import java.util.function.Consumer;

/**
 * An upgrade, patch or downgrade of a host: maintenance, a reboot into the new image, reconnection, end of maintenance.
 * There is no event "version changed"; the product is what tells.
 */
public final class Upgrade {
    private final Vcenter vcenter;
    private final HostActions hosts;
    private final EventLog events;

    public Upgrade(Vcenter vcenter, HostActions hosts, EventLog events) {
        this.vcenter = vcenter;
        this.hosts = hosts;
        this.events = events;
    }

    /**
     * Carries it out step by step. Call without the inventory's lock.
     *
     * @param await waits for a task to end and fails when that failed
     */
    public void run(HostSystem host, EsxProduct image, String user, Consumer<Task> await) {
        boolean own = vcenter.registry().locked(() -> !host.inMaintenance());
        if (own) {
            await.accept(vcenter.registry().locked(() -> hosts.enterMaintenance(host, user)));
        }
        vcenter.registry().run(() -> {
            audit(host, "esx.audit.esximage.profile.update.successful", "Successfully updated host to the new image");
            hosts.loseConnection(host);
        });
        vcenter.registry().run(() -> host.boot(image, vcenter.clock().now(), vcenter.registry()));
        vcenter.registry().run(() -> {
            hosts.answerAgain(host);
            VcAgentUpgradedEvent agent = new VcAgentUpgradedEvent();
            agent.setFullFormattedMessage("vCenter agent has been upgraded on " + host.name());
            events.post(agent, host, host, "", 0);
            audit(host, "esx.audit.host.boot", "Host has booted.");
        });
        if (own) {
            await.accept(vcenter.registry().locked(() -> hosts.exitMaintenance(host, user)));
        }
    }

    private void audit(HostSystem host, String id, String message) {
        EventEx event = new EventEx();
        event.setEventTypeId(id);
        event.setSeverity("info");
        event.setObjectType("HostSystem");
        event.setObjectId(host.ref().value());
        event.setObjectName(host.name());
        event.setFullFormattedMessage(message);
        events.post(event, host, host, "", 0);
    }
}
