package io.cbtguard.simulator;

import io.cbtguard.simulator.event.EventLog;
import io.cbtguard.simulator.task.TaskLog;
import io.cbtguard.simulator.vm.InventoryBackup;
import io.cbtguard.simulator.vm.InventoryRestore;

/** What vCenter keeps in its own database, at one time. Nothing in it is anybody's to read. */
public final class VcenterBackup {
    private final EventLog.Saved events;
    private final TaskLog.Saved tasks;
    private final InventoryBackup inventory;

    private VcenterBackup(EventLog.Saved events, TaskLog.Saved tasks, InventoryBackup inventory) {
        this.events = events;
        this.tasks = tasks;
        this.inventory = inventory;
    }

    static VcenterBackup of(Wiring parts) {
        return new VcenterBackup(parts.events.save(), parts.taskLog.save(), InventoryBackup.take(parts.vcenter));
    }

    void restore(Wiring parts) {
        parts.events.restore(events);
        parts.taskLog.restore(tasks);
        InventoryRestore vms = new InventoryRestore(parts.vms);
        vms.tell(vms.restore(inventory));
    }
}
