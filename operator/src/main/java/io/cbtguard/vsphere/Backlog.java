package io.cbtguard.vsphere;

import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Occurrences that are read but whose consequence is not stored yet, per VM, and the cursor that never passes one of them. Until
 * it is first said which VMs are concerned, all are and the cursor stands, so that nothing read early is lost. Of the others a
 * bounded stretch is kept, for a VM that becomes concerned a moment after. Any thread.
 */
final class Backlog {
    private static final int MOST_GAPS = 64;

    private final int mostPerVm;
    private final int mostOfOthers;
    private PersistentMap<List<Entry>> byVm = PersistentMap.empty();
    private @Nullable Set<String> concerned;
    private final TreeMap<Long, Round> rounds = new TreeMap<>();
    private final Deque<Other> others = new ArrayDeque<>();
    /** What concerns every VM, known or not, while nobody has said which ones count. */
    private List<Entry> ofAll = List.of();

    private List<Interval> gaps = List.of();

    private @Nullable Position cursorAtStart;
    private @Nullable Position head;
    private @Nullable Position tasksFrom;

    /** @param round number of the reading that found it */
    record Entry(Occurrence occurrence, long round) {}

    private record Other(String vm, Entry entry, Position resume) {}

    private static final class Round {
        final Position resume;
        int open;

        Round(Position resume) {
            this.resume = resume;
        }
    }

    Backlog(@Nullable Position cursorAtStart) {
        this(cursorAtStart, 10_000, 20_000);
    }

    Backlog(@Nullable Position cursorAtStart, int mostPerVm, int mostOfOthers) {
        this.cursorAtStart = cursorAtStart;
        this.mostPerVm = mostPerVm;
        this.mostOfOthers = mostOfOthers;
    }

    /**
     * @param round number of the reading, rising
     * @param resume where history stood before that reading
     * @return whether the VM is concerned
     */
    synchronized boolean add(String vm, Occurrence occurrence, long round, Position resume) {
        Entry entry = new Entry(occurrence, round);
        if (!isConcerned(vm)) {
            others.addLast(new Other(vm, entry, resume));
            if (others.size() > mostOfOthers) {
                others.removeFirst();
            }
            return false;
        }
        put(vm, entry, resume);
        return true;
    }

    /**
     * Adds a gap in the history of the whole vCenter.
     *
     * @return VMs that it was added for
     */
    synchronized Set<String> addForAll(Occurrence occurrence, long round, Position resume) {
        gaps = Stream.concat(
                        gaps.stream().skip(Math.max(0, gaps.size() - MOST_GAPS + 1)), Stream.of(occurrence.interval()))
                .toList();
        Entry entry = new Entry(occurrence, round);
        if (concerned == null) {
            List<Entry> longer = new ArrayList<>(ofAll);
            longer.add(entry);
            ofAll = List.copyOf(longer);
            rounds.computeIfAbsent(round, none -> new Round(resume)).open++;
            return Set.of();
        }
        concerned.forEach(vm -> put(vm, new Entry(Gaps.forVm(occurrence, vm), round), resume));
        return concerned;
    }

    private void put(String vm, Entry entry, Position resume) {
        List<Entry> before = entries(vm);
        List<Entry> after = new ArrayList<>(before);
        after.add(entry);
        rounds.computeIfAbsent(entry.round(), none -> new Round(resume)).open++;
        if (after.size() > mostPerVm) {
            after = shortened(vm, after);
        }
        byVm = byVm.with(vm, List.copyOf(after));
    }

    /** The older half becomes one gap: what is not remembered is not known. */
    private List<Entry> shortened(String vm, List<Entry> entries) {
        List<Entry> old = entries.subList(0, entries.size() / 2);
        Entry last = old.getLast();
        Interval all = old.stream()
                .map(e -> e.occurrence().interval())
                .reduce(Interval::union)
                .orElseThrow();
        Occurrence gap =
                Gaps.of(all, last.occurrence().read(), "more happened to this VM than is kept until it is handled");
        old.subList(0, old.size() - 1).forEach(entry -> closed(entry.round()));
        List<Entry> shorter = new ArrayList<>();
        shorter.add(new Entry(Gaps.forVm(gap, vm), last.round()));
        shorter.addAll(entries.subList(entries.size() / 2, entries.size()));
        return shorter;
    }

    private void closed(long number) {
        Round round = rounds.get(number);
        if (round != null && --round.open == 0) {
            rounds.remove(number);
        }
    }

    /**
     * Puts what an event tells in place of what its task told.
     *
     * @return whether it was still there; if not, it has been handled
     */
    synchronized boolean replace(String vm, Occurrence better) {
        List<Entry> before = entries(vm);
        for (int i = 0; i < before.size(); i++) {
            Occurrence old = before.get(i).occurrence();
            if (old.kind() == better.kind()
                    && !old.taskKey().isEmpty()
                    && old.taskKey().equals(better.taskKey())) {
                List<Entry> after = new ArrayList<>(before);
                after.set(i, new Entry(better, before.get(i).round()));
                byVm = byVm.with(vm, List.copyOf(after));
                return true;
            }
        }
        return false;
    }

    synchronized void setConcerned(Set<String> vms) {
        Set<String> now = Set.copyOf(vms);
        for (String vm : keys()) {
            if (!now.contains(vm)) {
                entries(vm).forEach(entry -> others.addLast(new Other(vm, entry, resume(entry))));
                drop(vm);
            }
        }
        boolean isFirst = concerned == null;
        concerned = now;
        if (isFirst) {
            for (Entry entry : ofAll) {
                Position resume = resume(entry);
                now.forEach(vm -> put(vm, new Entry(Gaps.forVm(entry.occurrence(), vm), entry.round()), resume));
                closed(entry.round());
            }
            ofAll = List.of();
        } else {
            adopt(now);
        }
        while (others.size() > mostOfOthers) {
            others.removeFirst();
        }
    }

    /** VMs that have just become concerned get what was kept of them. */
    private void adopt(Set<String> now) {
        for (Iterator<Other> it = others.iterator(); it.hasNext(); ) {
            Other other = it.next();
            if (now.contains(other.vm())) {
                put(other.vm(), other.entry(), other.resume());
                it.remove();
            }
        }
    }

    private Position resume(Entry entry) {
        Round round = rounds.get(entry.round());
        return round == null ? entry.occurrence().read() : round.resume;
    }

    synchronized boolean isConcerned(String vm) {
        return concerned == null || concerned.contains(vm);
    }

    /** VMs that were named as concerned; empty until any were named. */
    synchronized Set<String> concerned() {
        return concerned == null ? Set.of() : concerned;
    }

    synchronized void acknowledge(String vm, Position through) {
        List<Entry> before = entries(vm);
        List<Entry> after = new ArrayList<>();
        for (Entry entry : before) {
            if (through.isBefore(entry.occurrence().read())) {
                after.add(entry);
            } else {
                closed(entry.round());
            }
        }
        if (after.size() < before.size()) {
            byVm = after.isEmpty() ? byVm.without(vm) : byVm.with(vm, List.copyOf(after));
        }
    }

    private void drop(String vm) {
        entries(vm).forEach(entry -> closed(entry.round()));
        byVm = byVm.without(vm);
    }

    /**
     * A reading has ended.
     *
     * @param read how far history has been read
     * @param tasks from where on open tasks would have to be read again, null if none is open
     */
    synchronized void advance(Position read, @Nullable Position tasks) {
        head = read;
        tasksFrom = tasks;
        if (cursorAtStart == null) {
            cursorAtStart = read;
        }
    }

    /** Null before the first reading ended, unless the watch resumed somewhere. */
    synchronized @Nullable Position cursor() {
        if (concerned == null || head == null) {
            return cursorAtStart;
        }
        Position cursor = tasksFrom == null ? head : Position.earlier(head, tasksFrom);
        for (Round round : rounds.values()) {
            cursor = Position.earlier(cursor, round.resume);
        }
        return cursor;
    }

    synchronized Picture picture() {
        return new Picture(byVm, ofAll, gaps);
    }

    /**
     * All that is unacknowledged, oldest first per VM.
     *
     * @param gaps the newest gaps of the whole vCenter, acknowledged or not
     */
    record Picture(PersistentMap<List<Entry>> byVm, List<Entry> ofAll, List<Interval> gaps) {
        List<Occurrence> of(String vm) {
            List<Entry> own = byVm.get(vm);
            if (own == null && ofAll.isEmpty()) {
                return List.of();
            }
            return Stream.concat(
                            ofAll.stream().map(entry -> new Entry(Gaps.forVm(entry.occurrence(), vm), entry.round())),
                            own == null ? Stream.empty() : own.stream())
                    .sorted(Comparator.comparingLong(Entry::round))
                    .map(Entry::occurrence)
                    .toList();
        }
    }

    private List<Entry> entries(String vm) {
        List<Entry> entries = byVm.get(vm);
        return entries == null ? List.of() : entries;
    }

    private Set<String> keys() {
        Set<String> keys = new HashSet<>();
        byVm.forEach((vm, entries) -> keys.add(vm));
        return keys;
    }
}
