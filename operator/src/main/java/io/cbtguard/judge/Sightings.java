package io.cbtguard.judge;

import io.cbtguard.inventory.EsxBuild;
import io.cbtguard.inventory.Host;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.Snapshot;
import io.cbtguard.inventory.VirtualMachine;
import io.cbtguard.judge.check.Scene;
import io.cbtguard.judge.record.Sighting;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the sighting that the next judgement compares with. What could not be read is kept from the last one, and so is its position:
 * nobody knows what has happened since.
 */
final class Sightings {
    private Sightings() {}

    static Sighting of(Scene scene) {
        VirtualMachine vm = scene.vm();
        Sighting before = scene.record().sighting();
        Sighting kept = vm.configRead() ? null : before;
        Host host = vm.host() == null ? null : scene.facts().hosts().get(vm.host());
        EsxBuild build = scene.buildNow();
        Sighting blind = vm.configRead() && vm.connected() ? null : before;
        return new Sighting(
                blind != null ? blind.at() : scene.facts().through(),
                vm.name(),
                vm.inventoryPath(),
                vm.host(),
                host == null ? "" : host.name(),
                build == null && before != null ? before.build() : build,
                vm.powerState(),
                vm.changeTrackingEnabled() == null && before != null
                        ? before.changeTrackingEnabled()
                        : vm.changeTrackingEnabled(),
                kept != null ? kept.disks() : vm.disks(),
                kept != null ? kept.snapshots() : snapshots(vm),
                kept != null ? kept.currentSnapshot() : vm.currentSnapshot(),
                disconnectedSince(scene, before),
                hadSnapshots(scene, before),
                null);
    }

    private static List<String> snapshots(VirtualMachine vm) {
        return vm.snapshots().stream()
                .sorted(Comparator.comparingInt(Snapshot::id))
                .map(Snapshot::moRef)
                .toList();
    }

    private static @Nullable Position disconnectedSince(Scene scene, @Nullable Sighting before) {
        if (scene.vm().connected()) {
            return null;
        }
        if (before == null) {
            return scene.facts().through();
        }
        return before.disconnectedSince() != null ? before.disconnectedSince() : before.at();
    }

    private static boolean hadSnapshots(Scene scene, @Nullable Sighting before) {
        if (scene.vm().connected()) {
            return false;
        }
        // vCenter hears nothing of a host it cannot see: what it shows then is what there was when sight was lost
        boolean shown = before != null && !scene.vm().configRead()
                ? !before.snapshots().isEmpty()
                : !scene.vm().snapshots().isEmpty();
        return shown || (before != null && before.snapshotsBeforeDisconnect());
    }
}
