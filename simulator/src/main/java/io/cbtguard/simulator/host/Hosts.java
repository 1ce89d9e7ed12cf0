package io.cbtguard.simulator.host;

import io.cbtguard.simulator.core.Registry;
import io.cbtguard.simulator.core.Vcenter;
import io.cbtguard.simulator.event.EventLog;
import io.cbtguard.simulator.inventory.EsxProduct;
import io.cbtguard.simulator.inventory.HostSystem;
import io.cbtguard.simulator.inventory.ManagedEntity;
import io.cbtguard.simulator.task.Task;
import io.cbtguard.simulator.task.TaskFailedException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/**
 * Hosts for tests and for the control port: by name or moRef, waiting for the task to end. A task that fails throws
 * {@link TaskFailedException}; a host that is not there {@link NoSuchElementException}.
 */
public final class Hosts {
    private final Vcenter vcenter;
    private final HostActions actions;
    private final HostChanges changes;
    private final Upgrade upgrade;
    private final String user;

    public Hosts(Vcenter vcenter, HostActions actions, EventLog events, String user) {
        this.vcenter = vcenter;
        this.actions = actions;
        this.changes = new HostChanges(vcenter, events);
        this.upgrade = new Upgrade(vcenter, actions, events);
        this.user = user;
    }

    public List<HostView> list() {
        Registry registry = vcenter.registry();
        return registry.locked(
                () -> registry.all(HostSystem.class).stream().map(HostView::of).toList());
    }

    public HostView get(String host) {
        return vcenter.registry().locked(() -> HostView.of(find(host)));
    }

    /** Upgrades, patches or downgrades a host, with everything that vCenter tells about it; VMs stay on it. */
    public void setBuild(String host, String version, String build) {
        HostSystem found = vcenter.registry().locked(() -> find(host));
        upgrade.run(found, new EsxProduct(version, build), user, TaskFailedException::await);
    }

    public void disconnect(String host) {
        run(host, found -> actions.disconnect(found, user));
    }

    public void connect(String host) {
        run(host, found -> actions.reconnect(found, user));
    }

    public void enterMaintenance(String host) {
        run(host, found -> actions.enterMaintenance(found, user));
    }

    public void exitMaintenance(String host) {
        run(host, found -> actions.exitMaintenance(found, user));
    }

    /** The host stops answering, without anybody's task. */
    public void loseConnection(String host) {
        vcenter.registry().run(() -> actions.loseConnection(find(host)));
    }

    /** The host answers again. */
    public void answerAgain(String host) {
        vcenter.registry().run(() -> actions.answerAgain(find(host)));
    }

    /** Adds a host to the cluster of another one; returns its moRef. */
    public String add(String name, String version, String build, String beside) {
        return vcenter.registry().locked(() -> changes.add(name, new EsxProduct(version, build), find(beside), user)
                .ref()
                .value());
    }

    /** Removes a host that has no VMs. */
    public void remove(String host) {
        vcenter.registry().run(() -> changes.remove(find(host), user));
    }

    private void run(String host, Function<HostSystem, Task> start) {
        TaskFailedException.await(vcenter.registry().locked(() -> start.apply(find(host))));
    }

    private HostSystem find(String host) {
        return vcenter.registry().findByNameOrRef(host, HostSystem.class, ManagedEntity::name);
    }
}
