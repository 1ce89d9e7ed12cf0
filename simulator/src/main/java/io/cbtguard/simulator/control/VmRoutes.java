package io.cbtguard.simulator.control;

import io.cbtguard.simulator.vm.VirtualMachines;
import io.cbtguard.simulator.vm.VmDisk;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What can be done to virtual machines; {vm} is a moRef or a name, "user" in any body is who does it. */
final class VmRoutes {
    private final ControlPort port;
    private final VirtualMachines vms;

    private VmRoutes(ControlPort port, VirtualMachines vms) {
        this.port = port;
        this.vms = vms;
    }

    static void add(ControlPort port, VirtualMachines vms) {
        VmRoutes routes = new VmRoutes(port, vms);
        routes.reading();
        routes.snapshots();
        routes.configuration();
        routes.life();
    }

    private void reading() {
        port.add("GET", "/vms", "", "all VMs with disks, change IDs and snapshots", request -> vms.list());
        port.add("GET", "/vms/{vm}", "", "one VM", request -> vms.get(request.name("vm")));
        port.add(
                "POST",
                "/vms/{vm}/read",
                "disk?, snapshot?, offset, length",
                "bytes of a disk",
                request -> vms.read(
                        request.name("vm"),
                        request.textOrNull("snapshot"),
                        (int) request.number("disk", 2000),
                        request.number("offset"),
                        (int) request.number("length")));
    }

    private void snapshots() {
        port.add(
                "POST",
                "/vms/{vm}/snapshot",
                "name, memory?",
                "takes a snapshot",
                request -> Map.of(
                        "snapshot",
                        by(request).snapshot(request.name("vm"), request.text("name"), request.flag("memory", false))));
        on(
                "revert",
                "snapshot?",
                "reverts to a snapshot by name or moRef; without one to the current",
                (all, request) -> {
                    String snapshot = request.textOrNull("snapshot");
                    if (snapshot == null) {
                        all.revertToCurrent(request.name("vm"));
                    } else {
                        all.revert(request.name("vm"), snapshot);
                    }
                });
        on(
                "revertToCurrent",
                "",
                "reverts to the current snapshot",
                (all, request) -> all.revertToCurrent(request.name("vm")));
        on(
                "removeSnapshot",
                "snapshot",
                "removes one snapshot",
                (all, request) -> all.removeSnapshot(request.name("vm"), request.text("snapshot")));
        on(
                "removeAllSnapshots",
                "",
                "removes all snapshots",
                (all, request) -> all.removeAllSnapshots(request.name("vm")));
        on("consolidate", "", "consolidates disk files", (all, request) -> all.consolidate(request.name("vm")));
        on(
                "consolidationNeeded",
                "needed?",
                "marks a VM as in need of consolidation, or no longer",
                (all, request) -> all.setConsolidationNeeded(request.name("vm"), request.flag("needed", true)));
    }

    private void configuration() {
        on(
                "write",
                "disk?, offset, length",
                "the guest writes",
                (all, request) -> all.write(
                        request.name("vm"),
                        (int) request.number("disk", 2000),
                        request.number("offset"),
                        request.number("length")));
        on(
                "changeTracking",
                "enabled",
                "switches change tracking",
                (all, request) -> all.setChangeTracking(request.name("vm"), request.flag("enabled", true)));
        on(
                "resetChangeTracking",
                "",
                "switches change tracking off and on",
                (all, request) -> all.resetChangeTracking(request.name("vm")));
        on(
                "loseTracking",
                "",
                "tracking is lost, as after a power failure",
                (all, request) -> all.loseTracking(request.name("vm")));
        on("stun", "", "a stun: tracking that was switched on begins", (all, request) -> all.stun(request.name("vm")));
        port.add(
                "POST",
                "/vms/{vm}/addDisk",
                "bytes",
                "adds an empty disk",
                request -> Map.of("key", by(request).addDisk(request.name("vm"), request.number("bytes"))));
        on(
                "removeDisk",
                "disk",
                "detaches a disk",
                (all, request) -> all.removeDisk(request.name("vm"), (int) request.number("disk")));
        on(
                "growDisk",
                "disk?, bytes",
                "extends a disk",
                (all, request) ->
                        all.growDisk(request.name("vm"), (int) request.number("disk", 2000), request.number("bytes")));
        on(
                "diskMode",
                "disk?, mode",
                "persistent, independent_persistent ...",
                (all, request) ->
                        all.setDiskMode(request.name("vm"), (int) request.number("disk", 2000), request.text("mode")));
        on(
                "diskKind",
                "disk?, kind (flat, se_sparse, physical_rdm, future)",
                "what backs a disk",
                (all, request) -> all.setDiskKind(
                        request.name("vm"),
                        (int) request.number("disk", 2000),
                        VmDisk.Kind.valueOf(request.text("kind").toUpperCase(Locale.ROOT))));
        on(
                "extraConfig",
                "key, value",
                "sets a key of the extra configuration",
                (all, request) ->
                        all.setExtraConfig(request.name("vm"), Map.of(request.text("key"), request.text("value"))));
        on(
                "republish",
                "path",
                "announces a path that did not change",
                (all, request) -> all.republish(request.name("vm"), request.text("path")));
        on("rename", "name", "renames", (all, request) -> all.rename(request.name("vm"), request.text("name")));
    }

    private void life() {
        on("powerOn", "", "powers on", (all, request) -> all.powerOn(request.name("vm")));
        on("powerOff", "", "powers off", (all, request) -> all.powerOff(request.name("vm")));
        on("suspend", "", "suspends", (all, request) -> all.suspend(request.name("vm")));
        on(
                "migrate",
                "host",
                "moves to another host",
                (all, request) -> all.migrate(request.name("vm"), request.text("host")));
        on(
                "relocate",
                "datastore",
                "moves to another datastore",
                (all, request) -> all.relocate(request.name("vm"), request.text("datastore")));
        on(
                "haRestart",
                "host",
                "high availability restarts it on another host",
                (all, request) -> all.restartElsewhere(request.name("vm"), request.text("host")));
        on("destroy", "", "deletes a VM that is off", (all, request) -> all.destroy(request.name("vm")));
        port.add(
                "POST",
                "/vms/{vm}/unregister",
                "",
                "takes a VM that is off out of the inventory",
                request -> Map.of("path", by(request).unregister(request.name("vm"))));
        port.add(
                "POST",
                "/vms",
                "name, bytes?",
                "adds a running VM with one disk",
                request ->
                        Map.of("moRef", by(request).create(request.text("name"), request.number("bytes", 40L << 30))));
        port.add(
                "POST",
                "/register",
                "path",
                "registers an unregistered VM",
                request -> Map.of("moRef", by(request).register(request.text("path"))));
    }

    /** An action whose answer is the VM afterwards, or nothing if it is gone. */
    private void on(String action, String body, String text, BiConsumer<VirtualMachines, ControlRequest> run) {
        port.add("POST", "/vms/{vm}/" + action, body, text, request -> {
            run.accept(by(request), request);
            return viewIfThere(request.name("vm"));
        });
    }

    private @Nullable Object viewIfThere(String vm) {
        try {
            return vms.get(vm);
        } catch (java.util.NoSuchElementException e) {
            return null;
        }
    }

    private VirtualMachines by(ControlRequest request) {
        String user = request.textOrNull("user");
        return user == null ? vms : vms.as(user);
    }
}
