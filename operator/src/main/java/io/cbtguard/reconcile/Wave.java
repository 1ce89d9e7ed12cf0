package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.FullBudget;
import io.cbtguard.judge.Judge;
import io.cbtguard.judge.record.Decision;
import io.cbtguard.judge.record.Run;
import io.cbtguard.judge.record.VmRecord;
import io.cbtguard.record.RecordRef;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The full backups of one vCenter: those at work, as the records tell of them, those whose decision is just being written, and the
 * queue. Who is first in the queue and fits gets the next place; one whose host or datastore is busy is passed over.
 */
final class Wave {
    private static final Comparator<Waiting> ORDER = Comparator.comparing(
                    Waiting::lastGood, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Waiting::priority, Comparator.reverseOrder())
            .thenComparing(Waiting::vm)
            .thenComparing(Waiting::uid);

    private final Map<RecordRef, Map<String, Slot>> atWork = new HashMap<>();
    private final Map<String, Slot> beingWritten = new HashMap<>();
    private final Map<String, Waiting> queued = new HashMap<>();
    private final TreeSet<Waiting> queue = new TreeSet<>(ORDER);

    /**
     * A run that wants a full.
     *
     * @param uid of its VMBackup
     * @param vm {@code namespace/name} of its ProtectedVM
     * @param lastGood vCenter's time of the newest Good restore point; null: there is none, which is longest
     * @param priority of its policy; more goes first
     * @param wanted what would be decided now
     * @param slot what that would keep busy
     */
    record Waiting(
            String uid,
            ResourceID backup,
            RecordRef record,
            String vm,
            @Nullable Instant lastGood,
            int priority,
            Decision wanted,
            Slot slot) {
        private Waiting movedTo(Slot now) {
            return new Waiting(uid, backup, record, vm, lastGood, priority, wanted, now);
        }
    }

    /**
     * Whether it is somebody's turn.
     *
     * @param place in the queue, from 1; 0 if it is its turn
     * @param queued how many wait
     * @param why what stands in its way; empty if it is its turn
     */
    record Turn(int place, int queued, String why) {
        private static final Turn NOW = new Turn(0, 0, "");

        boolean now() {
            return place == 0;
        }

        /** Said while others are still to be heard: what stands in the way is not known yet. */
        boolean early() {
            return why.equals(Waves.BEGINNING);
        }

        String message() {
            return "The full backup waits for its turn: " + why + ". Place " + place + " of " + queued
                    + " in the queue.";
        }
    }

    /** @param next the first of the queue, as {@code namespace/name} of their ProtectedVMs */
    record Shown(int running, int waiting, List<String> next) {}

    /**
     * A record may have changed.
     *
     * @param newest asked under this lock, so that an older answer never takes the place of a newer one; empty: it is gone, or tells of
     *     no fulls, as none is decided on one that cannot be read
     * @return whether it gave a place back
     */
    synchronized boolean seen(RecordRef ref, Supplier<Optional<VmRecord>> newest) {
        Optional<VmRecord> record = newest.get();
        Map<String, Slot> now = record.map(Wave::slots).orElse(Map.of());
        Map<String, Slot> before = atWork.getOrDefault(ref, Map.of());
        if (now.isEmpty()) {
            atWork.remove(ref);
        } else {
            atWork.put(ref, now);
        }
        record.ifPresent(value -> move(ref, value));
        return !now.entrySet().containsAll(before.entrySet());
    }

    private static Map<String, Slot> slots(VmRecord record) {
        Map<String, Slot> slots = new HashMap<>();
        for (Run run : Judge.fullsAtWork(record)) {
            if (run.decision() != null) {
                slots.put(run.uid(), Slot.of(record, run.decision()));
            }
        }
        return slots;
    }

    /** The VMs of those that wait may have moved. */
    private void move(RecordRef ref, VmRecord record) {
        List<Waiting> here =
                queued.values().stream().filter(who -> who.record().equals(ref)).toList();
        for (Waiting who : here) {
            Waiting moved = who.movedTo(Slot.of(record, who.wanted()));
            leave(who.uid());
            join(moved);
        }
    }

    /** Whether a change of this record can mean anything here. */
    synchronized boolean concerns(RecordRef ref) {
        return atWork.containsKey(ref)
                || queued.values().stream().anyMatch(who -> who.record().equals(ref));
    }

    /** Asks for a place, and takes it if there is one: until {@link #written}. Asked again for the same run it answers the same. */
    synchronized Turn ask(Waiting who, FullBudget budget, boolean open) {
        if (beingWritten.containsKey(who.uid()) || isAtWork(who.uid())) {
            return Turn.NOW;
        }
        leave(who.uid());
        join(who);
        Turn turn = open ? turn(who, budget) : new Turn(place(who), queue.size(), Waves.BEGINNING);
        if (turn.now()) {
            leave(who.uid());
            beingWritten.put(who.uid(), who.slot());
        }
        return turn;
    }

    /** Where one of the queue stands; null if it is not there. */
    synchronized @Nullable Turn stand(String uid, FullBudget budget, boolean open) {
        Waiting who = queued.get(uid);
        if (who == null) {
            return null;
        }
        return open ? turn(who, budget) : new Turn(place(who), queue.size(), Waves.BEGINNING);
    }

    private Turn turn(Waiting who, FullBudget budget) {
        Occupied occupied = occupied(budget);
        String free = occupied.obstacle(who.slot());
        for (Waiting other : queue) {
            String obstacle = occupied.obstacle(other.slot());
            if (other.uid().equals(who.uid())) {
                return obstacle == null
                        ? Turn.NOW
                        : new Turn(place(who), queue.size(), free == null ? "others wait longer" : free);
            }
            if (obstacle == null) {
                occupied.take(other.slot());
            }
        }
        throw new IllegalStateException("not in the queue: " + who);
    }

    private void join(Waiting who) {
        queued.put(who.uid(), who);
        queue.add(who);
    }

    private int place(Waiting who) {
        return queue.headSet(who).size() + 1;
    }

    /** All whose turn it is now, as far as they have been heard of. */
    synchronized List<Waiting> next(FullBudget budget) {
        Occupied occupied = occupied(budget);
        List<Waiting> next = new ArrayList<>();
        for (Waiting who : queue) {
            if (occupied.isFull()) {
                break;
            }
            if (occupied.obstacle(who.slot()) == null) {
                occupied.take(who.slot());
                next.add(who);
            }
        }
        return next;
    }

    /** It waits no more: decided, refused, gone, or in trouble of another kind. */
    synchronized boolean leave(String uid) {
        Waiting old = queued.remove(uid);
        return old != null && queue.remove(old);
    }

    /** Its decision has been written, or will not be: from here on only the record tells of it. */
    synchronized void written(String uid) {
        beingWritten.remove(uid);
    }

    synchronized boolean isBeingWritten(String uid) {
        return beingWritten.containsKey(uid);
    }

    private boolean isAtWork(String uid) {
        return atWork.values().stream().anyMatch(slots -> slots.containsKey(uid));
    }

    private Occupied occupied(FullBudget budget) {
        return new Occupied(budget, taken().values());
    }

    private Map<String, Slot> taken() {
        Map<String, Slot> taken = new HashMap<>(beingWritten);
        atWork.values().forEach(taken::putAll);
        return taken;
    }

    synchronized Shown shown(int most) {
        return new Shown(
                taken().size(),
                queue.size(),
                queue.stream().map(Waiting::vm).limit(most).toList());
    }
}
