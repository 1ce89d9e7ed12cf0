package io.cbtguard.vsphere;

import com.vmware.vim25.Event;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.TaskEvent;
import com.vmware.vim25.TaskInfo;
import com.vmware.vim25.VimPortType;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.VirtualMachine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the history of one VM once more from a position on, beside the tail and on a port of its own; and from a little before it,
 * for what was told late. What was known of that is told again.
 */
final class HistoryAgain {
    private static final List<String> HOST_EVENTS = List.of(
            "HostDisconnectedEvent",
            "HostConnectionLostEvent",
            "HostRemovedEvent",
            "HostConnectedEvent",
            "HostAddedEvent",
            "ServerStartedSessionEvent",
            EventFacts.CRASHED,
            EventFacts.CRASHED + ".available",
            EventFacts.CRASHED + ".unavailable");

    private final ApiSession session;
    private final VimPortType port;
    private final ManagedObjectReference events;
    private final TaskTracker tasks;
    private final Inventory inventory;
    private final int epoch;
    private final Residence residence = new Residence();
    private final List<Occurrence> found = new ArrayList<>();

    /** @param epoch the order that history is in now */
    HistoryAgain(ApiSession session, Inventory inventory, int epoch) {
        this.session = session;
        this.port = session.port();
        this.events = session.content().getEventManager();
        this.inventory = inventory;
        this.tasks = new TaskTracker(inventory::owner);
        this.epoch = epoch;
    }

    List<Occurrence> read(String vm, Position from) {
        try {
            Instant now = VimTime.instant(port.currentTime(ApiSession.serviceInstance()));
            Position read = Position.ofTime(epoch, now);
            if (from.epoch() != epoch || !reaches(from, now)) {
                found.add(Gaps.forVm(
                        Gaps.of(
                                new Interval(from, read),
                                read,
                                "vCenter's history does not reach back to where this VM's was last handled"),
                        vm));
            }
            readEvents(vm, from);
            readTasks(vm, from, read);
            readHosts(vm, from);
            found.sort(Comparator.comparing(
                    (Occurrence occurrence) -> occurrence.interval().to().time()));
            return List.copyOf(found);
        } catch (Exception thrown) {
            throw new VcenterUnavailableException(
                    Outage.UNREACHABLE, "history of " + vm + " could not be read again: " + thrown.getMessage());
        }
    }

    /** The event that marks the position must still be there; without such a mark history must be kept that long. */
    private boolean reaches(Position from, Instant now) throws Exception {
        if (from.hasKey()) {
            return EventReader.holds(port, session, from);
        }
        Duration kept = Retention.read(port, session);
        return kept == null || from.time().isAfter(now.minus(kept));
    }

    private void readEvents(String vm, Position from) throws Exception {
        try (EventReader reader = EventReader.open(port, events, begin(from), vm)) {
            for (List<Event> page = reader.next(); !page.isEmpty(); page = reader.next()) {
                page.forEach(event -> take(event, vm, from));
            }
        }
    }

    private static Instant begin(Position from) {
        return from.time().minus(EventTail.OVERLAP);
    }

    private Position at(Event event) {
        return new Position(epoch, event.getKey(), VimTime.instant(event.getCreatedTime()));
    }

    private void take(Event event, String vm, Position from) {
        Position at = at(event);
        if (event instanceof TaskEvent task) {
            tasks.announced(task, at, from, false);
            return;
        }
        EventFacts.Said said = EventFacts.of(event);
        if (said == null) {
            return;
        }
        boolean isRevert = said.kind() == OccurrenceKind.REVERTED || said.kind() == OccurrenceKind.REVERT_FAILED;
        Occurrence alone = EventFacts.occurrence(event, said.kind(), at, at);
        if (said.kind() == OccurrenceKind.MOVED) {
            boolean isPowerOn = EventFacts.isPowerOn(event);
            residence.moved(vm, at, isPowerOn ? alone.host() : said.sourceHost(), alone.host());
        }
        TaskTracker.Told told = isRevert ? tasks.link(alone, event.getChainId()) : new TaskTracker.Told(alone, false);
        if (told != null) {
            found.add(told.occurrence());
        }
    }

    private void readTasks(String vm, Position from, Position read) throws Exception {
        for (TaskInfo info : TaskReader.read(port, session.content().getTaskManager(), begin(from), vm)) {
            tasks.update(info, from, null);
        }
        // Twice: the first asking leaves a revert to the event that is to tell of it, which would be read by now.
        tasks.outcomes(epoch, read).forEach(outcome -> found.add(outcome.occurrence()));
        tasks.outcomes(epoch, read).forEach(outcome -> found.add(outcome.occurrence()));
    }

    /** What happened to the hosts that the VM was on at that time. */
    private void readHosts(String vm, Position from) throws Exception {
        VirtualMachine present = inventory.picture().vms().get(vm);
        String now = present == null ? null : present.host();
        try (EventReader reader = EventReader.openTypes(port, events, begin(from), HOST_EVENTS)) {
            for (List<Event> page = reader.next(); !page.isEmpty(); page = reader.next()) {
                for (Event event : page) {
                    takeHost(event, vm, now, from);
                }
            }
        }
    }

    private void takeHost(Event event, String vm, @Nullable String hostNow, Position from) throws Exception {
        Position at = at(event);
        EventFacts.Said said = EventFacts.of(event);
        if (said == null) {
            return;
        }
        Occurrence alone = EventFacts.occurrence(event, said.kind(), at, at);
        List<Occurrence> ofHosts = said.isVcenterStart()
                ? HostSight.ofStart(
                        alone,
                        Objects.requireNonNullElse(EventReader.before(port, session, at), from),
                        HostSight.moRefs(inventory.picture()))
                : List.of(alone);
        for (Occurrence occurrence : ofHosts) {
            if (concerns(occurrence, vm, hostNow)) {
                found.add(Gaps.forVm(occurrence, vm));
            }
        }
    }

    private boolean concerns(Occurrence ofHost, String vm, @Nullable String hostNow) {
        String host = ofHost.host();
        return host != null
                && residence
                        .on(host, ofHost.interval().to(), host.equals(hostNow) ? List.of(vm) : List.of())
                        .contains(vm);
    }
}
