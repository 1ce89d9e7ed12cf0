package io.cbtguard.judge.check;

import io.cbtguard.inventory.EsxBuild;
import io.cbtguard.inventory.Host;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.judge.Reason;
import io.cbtguard.judge.record.Cure;
import io.cbtguard.judge.record.Evidence;
import io.cbtguard.judge.record.Finding;
import io.cbtguard.judge.record.Residence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Distrusts change IDs minted before the VM came to run on another ESXi version or build, be it that its host was upgraded or
 * downgraded or that the VM moved: after the upgrade a full is needed and no change ID from before it may be used (KB 2136854,
 * Broadcom 317933; between builds that the bulletin does not name this is policy, not a sourced fact).
 *
 * <p>Migrations that happened while nobody watched are read from history, so a VM that went to another build and came back is found.
 */
final class HostUpgradeCheck implements CbtCheck {
    @Override
    public List<Finding> inspect(Scene scene) {
        List<Residence> residence = scene.record().residence();
        if (residence.isEmpty()) {
            return List.of();
        }
        EsxBuild last = residence.getLast().build();
        List<Finding> findings = new ArrayList<>();
        for (Occurrence o : scene.facts().occurrences()) {
            if (o.kind() == OccurrenceKind.MOVED && o.host() != null) {
                Host host = scene.facts().hosts().get(o.host());
                EsxBuild there = host == null ? null : host.build();
                if (there == null || !there.equals(last)) {
                    findings.add(moved(o, host, last, there));
                }
            }
        }
        EsxBuild now = scene.buildNow();
        boolean told = findings.stream()
                .anyMatch(f -> now != null && f.evidence().newValue().equals(now.toString()));
        if (now != null && !now.equals(last) && !told) {
            findings.add(changed(scene, last, now));
        }
        return findings;
    }

    private static Finding moved(Occurrence o, @Nullable Host host, @Nullable EsxBuild last, @Nullable EsxBuild there) {
        String name = host == null ? "a host that is no longer in the inventory" : host.name();
        Evidence evidence = new Evidence(
                o.eventKey(),
                o.eventType(),
                o.task(),
                o.taskKey(),
                o.user(),
                "",
                o.interval().to().time(),
                text(last),
                text(there));
        return finding(
                Ids.of(Reason.HostUpgraded, o.interval(), "moved"),
                o.interval(),
                evidence,
                "The VM moved to " + name + ", " + text(there) + "; before it ran on " + text(last));
    }

    private static Finding changed(Scene scene, @Nullable EsxBuild last, EsxBuild now) {
        Interval at = scene.sinceLastSighting();
        Host host = scene.vm().host() == null
                ? null
                : scene.facts().hosts().get(scene.vm().host());
        return finding(
                Ids.of(Reason.HostUpgraded, at, now.version() + "-" + now.build()),
                at,
                Evidence.ofChange(at.to().time(), text(last), text(now)),
                "Host " + (host == null ? scene.vm().host() : host.name()) + " runs " + text(now) + "; the VM ran on "
                        + text(last) + " before");
    }

    private static String text(@Nullable EsxBuild build) {
        return build == null ? "an unknown build" : build.toString();
    }

    private static Finding finding(String id, Interval at, Evidence evidence, String what) {
        return new Finding(
                id,
                Reason.HostUpgraded,
                at,
                List.of(),
                Cure.Full,
                null,
                evidence,
                what + ". No change ID from before it may be used.",
                "Take a full backup on the present build.");
    }
}
