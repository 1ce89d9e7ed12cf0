package io.cbtguard.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.VcenterView;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** A listener that remembers. */
final class Told implements VcenterWatch.Listener {
    /** @param vms what the listener was told has changed */
    record Change(VcenterView view, Set<String> vms) {}

    final List<Change> changes = new CopyOnWriteArrayList<>();
    final List<VcenterWatch.Health> healths = new CopyOnWriteArrayList<>();
    /** Operation and outcome. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    @Override
    public void changed(VcenterView view, Set<String> vmMoRefs) {
        changes.add(new Change(view, vmMoRefs));
    }

    @Override
    public void healthChanged(VcenterWatch.Health health) {
        healths.add(health);
    }

    @Override
    public void requested(String method, String outcome, Duration took) {
        assertThat(took).isPositive();
        requests.add(method + " " + outcome);
    }

    static ConditionFactory soon(String what) {
        return Awaitility.await(what)
                .atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5));
    }

    /** Waits until a view that was told fulfils the condition. */
    static VcenterView view(VcenterWatch watch, String what, Predicate<VcenterView> condition) {
        soon(what).until(() -> watch.view().filter(condition).isPresent());
        return watch.view().orElseThrow();
    }

    static Occurrence occurrence(VcenterWatch watch, String vm, OccurrenceKind kind) {
        VcenterView view = view(watch, kind + " of " + vm + " is told", v -> has(v, vm, kind));
        return view.occurrences(vm).stream()
                .filter(o -> o.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    static boolean has(VcenterView view, String vm, OccurrenceKind kind) {
        return view.occurrences(vm).stream().anyMatch(o -> o.kind() == kind);
    }
}
