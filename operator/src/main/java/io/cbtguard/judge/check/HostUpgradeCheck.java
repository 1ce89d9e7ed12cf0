package io.cbtguard.judge.check;

import io.cbtguard.inventory.EsxBuild;
import io.cbtguard.inventory.Host;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.judge.Reason;
import io.cbtguard.judge.check.Stays.Stay;
import io.cbtguard.judge.record.Cure;
import io.cbtguard.judge.record.Evidence;
import io.cbtguard.judge.record.Finding;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Distrusts change IDs minted before the VM came to run on another ESXi version or build, be it that its host was upgraded or
 * downgraded or that the VM moved: after the upgrade a full is needed and no change ID from before it may be used (KB 2136854,
 * Broadcom 317933; between builds that the bulletin does not name this is policy, not a sourced fact).
 */
final class HostUpgradeCheck implements CbtCheck {
    @Override
    public List<Finding> inspect(Scene scene) {
        return Stays.since(scene).stream().map(stay -> finding(scene, stay)).toList();
    }

    private static Finding finding(Scene scene, Stay stay) {
        Occurrence move = stay.move();
        return move == null ? changed(scene, stay) : moved(scene, stay, move);
    }

    private static Finding moved(Scene scene, Stay stay, Occurrence move) {
        Host host = scene.facts().hosts().get(move.host());
        String name = host == null ? "a host that is no longer in the inventory" : host.name();
        Evidence evidence = Evidence.of(move).changing(text(stay.former()), text(stay.build()));
        return finding(
                Ids.of(Reason.HostUpgraded, move.interval(), "moved"),
                stay.began(),
                evidence,
                "The VM moved to " + name + ", " + text(stay.build()) + "; before it ran on " + text(stay.former()));
    }

    private static Finding changed(Scene scene, Stay stay) {
        Interval at = stay.began();
        Host host = stay.host() == null ? null : scene.facts().hosts().get(stay.host());
        return finding(
                Ids.of(Reason.HostUpgraded, at, String.valueOf(stay.build()).replace(' ', '-')),
                at,
                reconnected(scene, stay, Evidence.ofChange(at.to().time(), text(stay.former()), text(stay.build()))),
                "Host " + (host == null ? stay.host() : host.name()) + " runs " + text(stay.build())
                        + "; the VM ran on " + text(stay.former()) + " before");
    }

    /** No event tells of an upgrade; that the host came back within the time is the nearest that history has. */
    private static Evidence reconnected(Scene scene, Stay stay, Evidence change) {
        return scene.facts().occurrences().stream()
                .filter(o -> o.kind() == OccurrenceKind.HOST_CONNECTED
                        && Objects.equals(o.host(), stay.host())
                        && !o.interval().to().isBefore(stay.began().from()))
                .reduce((older, newer) -> newer)
                .map(change::by)
                .orElse(change);
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
