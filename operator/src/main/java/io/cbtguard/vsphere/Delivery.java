package io.cbtguard.vsphere;

import com.vmware.vim25.Event;
import com.vmware.vim25.TaskEvent;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.TaskInFlight;
import io.cbtguard.inventory.VirtualMachine;
import io.cbtguard.vsphere.TaskTracker.Outcome;
import io.cbtguard.vsphere.TaskTracker.Told;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what was read of history into occurrences and gives each to the VMs that it concerns. The history's thread. */
final class Delivery {
    private static final Logger log = LoggerFactory.getLogger(Delivery.class);

    private final HistoryState state;
    private final Inventory inventory;
    private final Backlog backlog;
    private final Map<String, String> lastHost = new HashMap<>();
    private Map<String, List<TaskInFlight>> inFlight = Map.of();
    /** The reading under way; one that failed half-way is taken up again. */
    private @Nullable Round current;

    private long round;

    Delivery(HistoryState state, Inventory inventory, Backlog backlog) {
        this.state = state;
        this.inventory = inventory;
        this.backlog = backlog;
    }

    Map<String, List<TaskInFlight>> inFlight() {
        return inFlight;
    }

    /**
     * Hands on what has been read so far, so that a long reading keeps no more than a page of it. The cursor stays where it is
     * until the reading is {@link #finish finished}.
     *
     * @param resume where a new watch has to resume to find this reading's findings again
     * @param read the position that things without an event key of their own count as read at
     */
    void take(Collection<EventTail.Item> items, Position resume, Position read) {
        Round now = round(resume, read);
        for (EventTail.Item item : items) {
            switch (item) {
                case EventTail.Item.Known known -> learn(known.event(), known.at(), resume);
                case EventTail.Item.Gap gap -> {
                    if (gap.to().epoch() > gap.from().epoch()) {
                        state.tasks().renumbered();
                    }
                    now.gap(gap.from(), gap.to(), gap.why());
                }
                case EventTail.Item.Happened happened -> now.happened(happened);
            }
        }
    }

    /**
     * All has been read: tasks say what no event told, and what happened to hosts is given to the VMs that were on them.
     *
     * @return VMs, of those concerned, that have something new
     */
    Set<String> finish(Position resume, Position read) {
        Round now = round(resume, read);
        for (Outcome outcome : state.tasks().outcomes(state.tail().epoch(), read)) {
            now.outcome(outcome);
        }
        now.deliverHosts();
        forgetHosts();
        now.tasks(state.tasks().inFlight(state.tail().epoch()));
        backlog.advance(state.tail().head(), state.tasks().resume());
        state.delivered();
        current = null;
        return now.touched;
    }

    /** Of VMs that are gone, where they ran is of no use; of one yet to come into sight it only makes a power-on a move. */
    private void forgetHosts() {
        PersistentMap<VirtualMachine> vms = inventory.picture().vms();
        if (lastHost.size() > vms.size()) {
            lastHost.keySet().removeIf(vm -> vms.get(vm) == null);
        }
    }

    /** How many VMs' hosts are remembered. */
    int remembered() {
        return lastHost.size();
    }

    private Round round(Position resume, Position read) {
        Round now = current;
        if (now == null) {
            round++;
            now = new Round(resume);
            current = now;
        }
        now.read = read;
        return now;
    }

    /** An event that was handled before: what it links is still needed. */
    private void learn(Event event, Position at, Position resume) {
        if (event instanceof TaskEvent task) {
            state.tasks().announced(task, at, resume, true);
            return;
        }
        EventFacts.Said said = EventFacts.of(event);
        if (said != null && isRevert(said.kind())) {
            state.tasks().knownRevert(event.getChainId());
        }
    }

    private static boolean isRevert(OccurrenceKind kind) {
        return kind == OccurrenceKind.REVERTED || kind == OccurrenceKind.REVERT_FAILED;
    }

    /** One reading. */
    private final class Round {
        private final Position resume;
        private final Residence residence = new Residence();
        private final List<Occurrence> ofHosts = new ArrayList<>();
        private final Set<String> touched = new HashSet<>();
        private Position read;

        Round(Position resume) {
            this.resume = resume;
            this.read = resume;
        }

        void happened(EventTail.Item.Happened happened) {
            Event event = happened.event();
            Position at = happened.at();
            if (event instanceof TaskEvent task) {
                state.tasks().announced(task, at, resume, false);
            } else {
                EventFacts.Said said = EventFacts.of(event);
                if (said != null) {
                    said(said, happened);
                }
            }
        }

        private void said(EventFacts.Said said, EventTail.Item.Happened happened) {
            Event event = happened.event();
            Position at = happened.at();
            Occurrence occurrence = EventFacts.occurrence(event, said.kind(), at, happened.isLate() ? read : at);
            if (said.isVcenterStart()) {
                ofHosts.addAll(
                        HostSight.ofStart(occurrence, happened.previous(), HostSight.moRefs(inventory.picture())));
                return;
            }
            switch (said.kind()) {
                case REVERTED, REVERT_FAILED -> reverted(occurrence, event.getChainId());
                case MOVED -> {
                    if (happened.isLate()) {
                        add(occurrence); // says nothing of where the VM is by now
                    } else {
                        moved(occurrence, said.sourceHost(), at, EventFacts.isPowerOn(event));
                    }
                }
                case HOST_CONNECTED, HOST_DISCONNECTED, HOST_CRASHED -> ofHosts.add(occurrence);
                default -> add(occurrence);
            }
        }

        private void reverted(Occurrence byEvent, int chainId) {
            Told told = state.tasks().link(byEvent, chainId);
            if (told == null) {
                return;
            }
            Occurrence occurrence = told.occurrence();
            String vm = occurrence.vm();
            if (vm == null) {
                unknownVm(occurrence);
            } else if (told.replacesTask()) {
                if (backlog.replace(vm, occurrence)) {
                    touched.add(vm);
                }
            } else {
                add(occurrence);
            }
        }

        private void moved(Occurrence occurrence, @Nullable String from, Position at, boolean isPowerOn) {
            String vm = occurrence.vm();
            String to = occurrence.host();
            if (vm == null || to == null) {
                return;
            }
            String before = lastHost.put(vm, to);
            if (Objects.equals(before, to) && Objects.equals(from == null ? to : from, to)) {
                // Powered on where it was already: no move, but a restart after a crash says more than that.
                if (EventFacts.isCrash(occurrence)) {
                    add(occurrence);
                }
                return;
            }
            String source = from != null ? from : before;
            residence.moved(vm, at, source == null && isPowerOn ? to : source, to);
            add(occurrence);
        }

        void outcome(Outcome outcome) {
            if (outcome.vmUnknown()) {
                unknownVm(outcome.occurrence());
            } else {
                add(outcome.occurrence());
            }
        }

        /** A revert of nobody knows which VM may be one of any. */
        private void unknownVm(Occurrence occurrence) {
            log.warn(
                    "a revert (task {}, event {}) names no VM that is known",
                    occurrence.taskKey(),
                    occurrence.eventKey());
            everywhere(Gaps.of(
                    occurrence.interval(),
                    occurrence.read(),
                    "a revert of a VM that history does not name: " + occurrence.message()));
        }

        void gap(Position from, Position to, String why) {
            log.warn("history between {} and {} cannot be read: {}", from, to, why);
            everywhere(Gaps.of(new Interval(from, to), read, why));
        }

        private void everywhere(Occurrence gap) {
            touched.addAll(backlog.addForAll(gap, round, resume));
            if (backlog.concerned().isEmpty()) {
                inventory.picture().vms().forEach((moRef, vm) -> touched.add(moRef));
            }
        }

        private void add(Occurrence occurrence) {
            String vm = occurrence.vm();
            if (vm != null && backlog.add(vm, occurrence, round, resume)) {
                touched.add(vm);
            }
        }

        /** When all moves of this reading are known. */
        void deliverHosts() {
            if (ofHosts.isEmpty()) {
                return;
            }
            Map<String, List<String>> now = new HashMap<>();
            inventory.picture().vms().forEach((moRef, vm) -> {
                if (vm.host() != null) {
                    now.computeIfAbsent(vm.host(), none -> new ArrayList<>()).add(moRef);
                }
            });
            for (Occurrence occurrence : ofHosts) {
                String host = occurrence.host();
                if (host != null) {
                    Collection<String> here = now.getOrDefault(host, List.of());
                    residence.on(host, occurrence.interval().to(), here).forEach(vm -> add(Gaps.forVm(occurrence, vm)));
                }
            }
        }

        void tasks(Map<String, List<TaskInFlight>> now) {
            Set<String> vms = new HashSet<>(now.keySet());
            vms.addAll(inFlight.keySet());
            for (String vm : vms) {
                if (!Objects.equals(now.get(vm), inFlight.get(vm)) && backlog.isConcerned(vm)) {
                    touched.add(vm);
                }
            }
            inFlight = now;
        }
    }
}
