package io.cbtguard.vsphere;

import io.cbtguard.inventory.Host;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** What the start of a vCenter says of its hosts: it has not seen any of them since it stopped, whenever that was. */
final class HostSight {
    private HostSight() {}

    /**
     * @param start the start, as its event alone tells it
     * @param previous the last event before it, when that vCenter still ran
     * @param hosts moRefs of all hosts
     * @return for each host that it went out of sight and came back
     */
    static List<Occurrence> ofStart(Occurrence start, Position previous, Collection<String> hosts) {
        Interval at = start.interval();
        return hosts.stream()
                .flatMap(host -> Stream.of(
                        ofHost(start, OccurrenceKind.HOST_DISCONNECTED, new Interval(previous, at.to()), host),
                        ofHost(start, OccurrenceKind.HOST_CONNECTED, at, host)))
                .toList();
    }

    static List<String> moRefs(Inventory.Settled picture) {
        return picture.hosts().values().stream().map(Host::moRef).toList();
    }

    private static Occurrence ofHost(Occurrence start, OccurrenceKind kind, Interval interval, String host) {
        return new Occurrence(
                kind,
                interval,
                start.read(),
                null,
                host,
                start.eventKey(),
                start.eventType(),
                "",
                "",
                "",
                "",
                true,
                start.user(),
                start.message());
    }
}
