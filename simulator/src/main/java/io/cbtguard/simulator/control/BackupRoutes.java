package io.cbtguard.simulator.control;

import io.cbtguard.simulator.Simulator;
import io.cbtguard.simulator.VcenterBackup;
import java.time.Duration;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Backups of vCenter's own database; they last as long as the simulator. */
final class BackupRoutes {
    private BackupRoutes() {}

    static void add(ControlPort port, Simulator simulator) {
        Map<String, VcenterBackup> backups = new ConcurrentHashMap<>();
        AtomicInteger last = new AtomicInteger();
        port.add("POST", "/backup", "", "backs up vCenter's own database", request -> {
            String name = Integer.toString(last.incrementAndGet());
            backups.put(name, simulator.backUp());
            return Map.of("backup", name);
        });
        port.add(
                "POST",
                "/restore",
                "backup, downtimeMillis?",
                "takes vCenter back to a backup: history, keys and moRefs are the older ones, the VMs themselves are not",
                request -> {
                    VcenterBackup backup = backups.get(request.text("backup"));
                    if (backup == null) {
                        throw new NoSuchElementException("no backup " + request.text("backup"));
                    }
                    simulator.restore(backup, Duration.ofMillis(request.number("downtimeMillis", 0)));
                    return null;
                });
    }
}
