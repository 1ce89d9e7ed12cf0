package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.VCenterStatus;
import io.cbtguard.api.v1alpha1.VCenterStatus.Build;
import io.cbtguard.api.v1alpha1.VCenterStatus.HostChange;
import io.cbtguard.inventory.EsxBuild;
import io.cbtguard.inventory.Host;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which ESXi builds the hosts run, grouped, and which changes were seen: by comparing what the status said with what is. */
final class HostBuilds {
    private static final int CHANGES = 2500;

    private HostBuilds() {}

    /** What a status shows of builds. */
    record Shown(List<VCenterStatus.EsxBuild> builds, List<HostChange> changes) {}

    /**
     * @param before what the status shows, up to {@code beforeThrough}
     * @param now vCenter's time
     * @param retention changes that are older are left out
     */
    static Shown next(
            Shown before, @Nullable String beforeThrough, Collection<Host> hosts, Instant now, Duration retention) {
        Map<String, Build> known = new HashMap<>();
        before.builds().forEach(build -> build.hosts()
                .forEach(host -> known.put(host, new Build(build.version(), build.build()))));
        List<HostChange> changes = new ArrayList<>(before.changes());
        Map<String, Build> present = new HashMap<>();
        Set<String> there = new HashSet<>();
        for (Host host : hosts) {
            there.add(host.moRef());
            Build old = known.get(host.moRef());
            Build build = current(host, old);
            if (build != null) {
                present.put(host.moRef(), build);
            }
            if (old != null && build != null && !old.equals(build)) {
                changes.add(new HostChange(host.moRef(), host.name(), old, build, beforeThrough, now.toString()));
            }
        }
        known.forEach((host, old) -> {
            if (!there.contains(host)) {
                changes.add(new HostChange(host, null, old, null, beforeThrough, now.toString()));
            }
        });
        return new Shown(grouped(present), recent(changes, now.minus(retention)));
    }

    /** What a disconnected host runs is what it was last seen to run. */
    private static @Nullable Build current(Host host, @Nullable Build old) {
        EsxBuild build = host.build();
        return host.connected() && build != null ? new Build(build.version(), build.build()) : old;
    }

    private static List<VCenterStatus.EsxBuild> grouped(Map<String, Build> present) {
        Map<Build, List<String>> groups =
                new TreeMap<>(Comparator.comparing(Build::version).thenComparing(Build::build));
        present.forEach((host, build) ->
                groups.computeIfAbsent(build, b -> new ArrayList<>()).add(host));
        return groups.entrySet().stream()
                .map(e -> new VCenterStatus.EsxBuild(
                        e.getKey().version(),
                        e.getKey().build(),
                        e.getValue().stream().sorted().toList()))
                .toList();
    }

    private static List<HostChange> recent(List<HostChange> changes, Instant since) {
        List<HostChange> kept = changes.stream()
                .filter(change -> !isBefore(change.before(), since))
                .toList();
        return kept.size() <= CHANGES ? kept : kept.subList(kept.size() - CHANGES, kept.size());
    }

    private static boolean isBefore(@Nullable String time, Instant since) {
        try {
            return time != null && Instant.parse(time).isBefore(since);
        } catch (DateTimeParseException edited) {
            return false;
        }
    }
}
