package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.VCenterStatus;
import io.cbtguard.api.v1alpha1.VCenterStatus.Gap;
import io.cbtguard.inventory.EsxBuild;
import io.cbtguard.inventory.Host;
import io.cbtguard.inventory.VcenterView;
import io.cbtguard.judge.Advisory;
import io.cbtguard.metrics.VcenterStates.AffectedHost;
import io.cbtguard.metrics.VcenterStates.Pulse;
import io.cbtguard.vsphere.VcenterWatch.Reach;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is measured of a VCenter: its watch, its history, its hosts, its records. */
final class VcenterMeters {
    private final Parts parts;
    /** Gaps that were counted, by VCenter: what the status shows of them may be behind. */
    private final Map<ResourceID, Set<Gap>> counted = new ConcurrentHashMap<>();

    VcenterMeters(Parts parts) {
        this.parts = parts;
    }

    /** Measures what a VCenter of this operator shows now. A deletion that the cache shows by now may have been told before. */
    void show(ResourceID id, VCenterStatus old) {
        String name = Informed.fullName(id);
        parts.vcenterStates().watch(name, () -> isSuspended(id), () -> pulse(id));
        parts.vcenterStates().wave(name, () -> parts.waves().shown(id).running(), () -> parts.waves()
                .shown(id)
                .waiting());
        parts.vcenterStates().blocked(name, parts.parking().blocked(id));
        parts.watches().get(id).ifPresent(watch -> count(id, name, Gaps.found(watch), old));
        Gaps.REASONS.forEach(reason -> parts.metrics().gaps(name, reason, 0));
        parts.watches().get(id).flatMap(OpenWatch::view).ifPresent(view -> parts.vcenterStates()
                .affected(name, affected(view, parts.advisories().inForce())));
        if (parts.informed().vcenter(id).isEmpty()) {
            parts.vcenterStates().remove(name);
            counted.remove(id);
        }
    }

    private void count(ResourceID id, String name, List<Gap> found, VCenterStatus old) {
        Set<Gap> known = counted.computeIfAbsent(id, i -> new HashSet<>(old.gaps()));
        synchronized (known) {
            found.stream().filter(known::add).forEach(gap -> parts.metrics().gaps(name, gap.reason(), 1));
        }
    }

    private static List<AffectedHost> affected(VcenterView view, List<Advisory> advisories) {
        return view.hosts().stream()
                .flatMap(host -> advisories.stream()
                        .filter(advisory -> Advisories.affects(advisory, host))
                        .flatMap(advisory -> affected(host, advisory)))
                .toList();
    }

    private static Stream<AffectedHost> affected(Host host, Advisory advisory) {
        EsxBuild build = host.build();
        return build == null
                ? Stream.empty()
                : Stream.of(
                        new AffectedHost(host.name(), build.version(), Long.toString(build.build()), advisory.name()));
    }

    private boolean isSuspended(ResourceID id) {
        return parts.informed()
                .vcenter(id)
                .filter(vcenter -> vcenter.getSpec().suspend())
                .isPresent();
    }

    private Pulse pulse(ResourceID id) {
        return parts.watches().get(id).map(VcenterMeters::pulse).orElse(Pulse.NONE);
    }

    private static Pulse pulse(OpenWatch watch) {
        Reach reach = watch.watch().reach();
        Instant now = watch.now();
        return new Pulse(
                watch.connected(),
                watch.watch().health().lastContact(),
                lag(reach.inventory(), now),
                lag(reach.events(), now));
    }

    private static @Nullable Duration lag(@Nullable Instant known, Instant now) {
        return known == null ? null : Duration.between(known, now);
    }
}
