package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.Durations;
import io.cbtguard.api.v1alpha1.Reasons;
import io.cbtguard.api.v1alpha1.VCenter;
import io.cbtguard.api.v1alpha1.VCenterStatus;
import io.cbtguard.api.v1alpha1.VCenterStatus.About;
import io.cbtguard.api.v1alpha1.VCenterStatus.AffectedHosts;
import io.cbtguard.api.v1alpha1.VCenterStatus.EventCursor;
import io.cbtguard.api.v1alpha1.VCenterStatus.FullWave;
import io.cbtguard.api.v1alpha1.VCenterStatus.Gap;
import io.cbtguard.api.v1alpha1.VCenterStatus.Inventory;
import io.cbtguard.api.v1alpha1.VCenterStatus.MissingPrivileges;
import io.cbtguard.api.v1alpha1.VCenterStatus.Parked;
import io.cbtguard.inventory.Host;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.VcenterAbout;
import io.cbtguard.inventory.VcenterView;
import io.cbtguard.judge.Advisory;
import io.cbtguard.vsphere.Outage;
import io.cbtguard.vsphere.VcenterWatch.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The status of a VCenter: what its watch says, and what has to last over a restart. */
final class VCenterProjection {
    static final VCenterStatus NONE = new VCenterStatus(
            null, null, null, null, List.of(), null, List.of(), null, null, List.of(), List.of(), null, null, List.of(),
            List.of());
    /** How long a gap in the history keeps the condition False. */
    private static final Duration GAP_SHOWN = Duration.ofHours(24);

    private static final int NAMES = 64;

    private VCenterProjection() {}

    /** Why there is no watch. */
    record Closed(String reason, String message) {}

    /** There is no watch: what was known is kept, and said to be old. */
    static VCenterStatus closed(VCenter vcenter, Closed why, int protectedVms, @Nullable FullWave wave, Instant now) {
        VCenterStatus old = old(vcenter);
        Conditions conditions = conditions(vcenter, now);
        conditions.set(ConditionTypes.READY, "False", why.reason(), why.message());
        conditions.set(ConditionTypes.CONNECTED, "False", why.reason(), why.message());
        for (String type :
                List.of(ConditionTypes.SYNCED, ConditionTypes.EVENTS_COMPLETE, ConditionTypes.PRIVILEGES_SUFFICIENT)) {
            conditions.set(type, "Unknown", why.reason(), why.message());
        }
        return new VCenterStatus(
                vcenter.getMetadata().getGeneration(),
                old.about(),
                old.inventory(),
                (long) protectedVms,
                old.esxBuilds(),
                old.esxBuildsThrough(),
                old.hostChanges(),
                old.affectedHosts(),
                old.eventCursor(),
                old.gaps(),
                old.parked(),
                old.eventRetention(),
                wave,
                old.missingPrivileges(),
                conditions.list());
    }

    /**
     * @param advisories bulletins in force
     * @param gaps stretches of history that are known to be lost
     * @param parked records whose evidence has to be read again
     * @param wave the fulls that run and wait
     */
    static VCenterStatus open(
            VCenter vcenter,
            OpenWatch watch,
            List<Advisory> advisories,
            List<Gap> gaps,
            List<Parked> parked,
            int protectedVms,
            FullWave wave,
            Instant now) {
        VCenterStatus old = old(vcenter);
        Health health = watch.watch().health();
        Optional<VcenterView> view = watch.view();
        HostBuilds.Shown builds = new HostBuilds.Shown(old.esxBuilds(), old.hostChanges());
        if (view.isPresent()) {
            builds = HostBuilds.next(
                    builds,
                    old.esxBuildsThrough(),
                    view.get().hosts(),
                    view.get().observedAt(),
                    Durations.parse(vcenter.getSpec().retention()));
        }
        Position cursor = watch.cursor();
        return new VCenterStatus(
                vcenter.getMetadata().getGeneration(),
                view.map(v -> about(v.about())).orElse(old.about()),
                view.map(v -> new Inventory(
                                (long) v.vms().size(), (long) v.hosts().size()))
                        .orElse(old.inventory()),
                (long) protectedVms,
                builds.builds(),
                view.map(v -> v.observedAt().toString()).orElse(old.esxBuildsThrough()),
                builds.changes(),
                view.map(v -> affected(v, advisories)).orElse(old.affectedHosts()),
                cursor == null
                        ? old.eventCursor()
                        : new EventCursor(
                                (long) cursor.epoch(),
                                cursor.key(),
                                cursor.time().toString()),
                gaps,
                parked,
                health.eventRetention() == null ? old.eventRetention() : Durations.text(health.eventRetention()),
                wave,
                health.missingPrivileges().stream()
                        .map(VCenterProjection::missing)
                        .toList(),
                conditions(vcenter, health, view, gaps, watch.now(), now));
    }

    /** The same, but for what moves without anything having happened. */
    static boolean sameButPosition(VCenterStatus a, VCenterStatus b) {
        return still(a).equals(still(b));
    }

    private static VCenterStatus still(VCenterStatus s) {
        return new VCenterStatus(
                s.observedGeneration(),
                s.about(),
                s.inventory(),
                s.protectedVMs(),
                s.esxBuilds(),
                null,
                s.hostChanges(),
                s.affectedHosts(),
                null,
                s.gaps(),
                s.parked(),
                s.eventRetention(),
                null,
                s.missingPrivileges(),
                s.conditions());
    }

    private static List<io.fabric8.kubernetes.api.model.Condition> conditions(
            VCenter vcenter, Health health, Optional<VcenterView> view, List<Gap> gaps, Instant there, Instant now) {
        Conditions conditions = conditions(vcenter, now);
        List<String> needed = health.missingPrivileges().stream()
                .filter(missing -> !missing.endsWith("(optional)"))
                .toList();
        String outage = health.outage() == null ? null : reason(health.outage());
        String status = health.connected() ? "True" : outage == null ? "Unknown" : "False";
        String reason = health.connected() ? Reasons.CONNECTED : outage == null ? Reasons.CATCHING_UP : outage;
        String message = health.connected() ? "The watch is connected and current." : health.message();
        boolean ready = health.connected() && view.isPresent() && needed.isEmpty();
        if (ready || !health.connected()) {
            conditions.set(ConditionTypes.READY, status, reason, message);
        } else {
            conditions.set(
                    ConditionTypes.READY,
                    "False",
                    needed.isEmpty() ? Reasons.CATCHING_UP : Reasons.PRIVILEGES_MISSING,
                    needed.isEmpty() ? "The inventory is being read." : "Missing: " + String.join("; ", needed));
        }
        conditions.set(ConditionTypes.CONNECTED, status, reason, message);
        if (view.isEmpty()) {
            conditions.set(ConditionTypes.SYNCED, "False", Reasons.CATCHING_UP, "The inventory has not been read yet.");
        } else {
            conditions.set(
                    ConditionTypes.SYNCED,
                    health.connected() ? "True" : "Unknown",
                    health.connected() ? Reasons.CURRENT : reason,
                    health.connected() ? "The inventory is known." : message);
        }
        Optional<Gap> lately = gaps.stream()
                .filter(gap -> gap.to() == null || Instant.parse(gap.to()).isAfter(there.minus(GAP_SHOWN)))
                .findFirst();
        if (lately.isPresent()) {
            conditions.set(
                    ConditionTypes.EVENTS_COMPLETE,
                    "False",
                    Reasons.EVENT_GAP,
                    "History from " + lately.get().from() + " to "
                            + lately.get().to()
                            + " cannot be read; what was minted before its end is not vouched for.");
        } else if (view.isEmpty()) {
            conditions.set(ConditionTypes.EVENTS_COMPLETE, "Unknown", reason, message);
        } else {
            conditions.set(ConditionTypes.EVENTS_COMPLETE, "True", Reasons.CURRENT, "No history is missing.");
        }
        if (!health.connected()) {
            boolean lacking = health.outage() == Outage.PRIVILEGES_MISSING;
            conditions.set(ConditionTypes.PRIVILEGES_SUFFICIENT, lacking ? "False" : "Unknown", reason, message);
        } else if (needed.isEmpty()) {
            conditions.set(
                    ConditionTypes.PRIVILEGES_SUFFICIENT,
                    "True",
                    Reasons.CURRENT,
                    "The account may do what is needed.");
        } else {
            conditions.set(
                    ConditionTypes.PRIVILEGES_SUFFICIENT,
                    "False",
                    Reasons.PRIVILEGES_MISSING,
                    "Missing: " + String.join("; ", needed));
        }
        return conditions.list();
    }

    static String reason(Outage outage) {
        return switch (outage) {
            case UNREACHABLE, UNSUPPORTED -> Reasons.UNREACHABLE;
            case CREDENTIALS_REJECTED -> Reasons.CREDENTIALS_REJECTED;
            case CERTIFICATE_REJECTED -> Reasons.CERTIFICATE_REJECTED;
            case PRIVILEGES_MISSING -> Reasons.PRIVILEGES_MISSING;
            case REPLACED -> Reasons.VCENTER_REPLACED;
        };
    }

    /** {@code privilege purpose}, as the watch says it. */
    private static MissingPrivileges missing(String text) {
        int space = text.indexOf(' ');
        return space < 0
                ? new MissingPrivileges("", List.of(text))
                : new MissingPrivileges(text.substring(space + 1), List.of(text.substring(0, space)));
    }

    private static AffectedHosts affected(VcenterView view, List<Advisory> advisories) {
        List<String> names = view.hosts().stream()
                .filter(host -> advisories.stream().anyMatch(advisory -> Advisories.affects(advisory, host)))
                .map(Host::name)
                .sorted()
                .toList();
        return new AffectedHosts(names.size(), names.subList(0, Math.min(NAMES, names.size())));
    }

    private static About about(VcenterAbout about) {
        return new About(about.instanceUuid(), about.version(), about.build(), about.apiVersion());
    }

    private static Conditions conditions(VCenter vcenter, Instant now) {
        long generation = Objects.requireNonNullElse(vcenter.getMetadata().getGeneration(), 0L);
        return new Conditions(old(vcenter).conditions(), generation, now);
    }

    static VCenterStatus old(@Nullable VCenter vcenter) {
        return vcenter == null || vcenter.getStatus() == null ? NONE : vcenter.getStatus();
    }

    static String names(List<Parked> parked) {
        return parked.stream().map(Parked::record).collect(Collectors.joining(", "));
    }
}
