package io.cbtguard.judge.check;

import io.cbtguard.inventory.Disk;
import io.cbtguard.inventory.EsxBuild;
import io.cbtguard.inventory.Host;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.VirtualMachine;
import io.cbtguard.judge.Facts;
import io.cbtguard.judge.record.Evidence;
import io.cbtguard.judge.record.Sighting;
import io.cbtguard.judge.record.VmRecord;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a check looks at: the record as it was, and what is seen now.
 *
 * @param vm the VM as seen now; its configuration may be unreadable
 */
public record Scene(VmRecord record, Facts facts, VirtualMachine vm) {
    /** From when the record last saw the VM until now: where something happened that only its result shows. */
    public Interval sinceLastSighting() {
        Sighting sighting = record.sighting();
        Position from = sighting == null ? record.evidenceThrough() : sighting.at();
        return new Interval(Position.earlier(from, facts.through()), facts.through());
    }

    /** The build the VM runs on now; null unless the host is connected and shows one. */
    public @Nullable EsxBuild buildNow() {
        Host host = vm.host() == null ? null : facts.hosts().get(vm.host());
        return host == null || !host.connected() || !vm.connected() ? null : host.build();
    }

    /** Whether the record cannot have known of it yet. What it has known must not be judged by what is so today. */
    public boolean isNew(Occurrence occurrence) {
        Position read = occurrence.read();
        Position known = record.evidenceThrough();
        boolean marked = read.hasKey() && known.hasKey();
        return marked ? known.isBefore(read) : !read.isBefore(known);
    }

    /**
     * Whether the record has read past this move, or loss of sight, and lacks it: vCenter tells of some things late, and what it told
     * while nobody listened is found where it stands.
     */
    public boolean isMissed(Occurrence occurrence) {
        Position at = occurrence.interval().to();
        return !isNew(occurrence)
                && mayStillBeTold(at, record.evidenceThrough())
                && !record.recentEvents().contains(at);
    }

    /** Whether it happened before the position that the record has read to, whenever it was told. */
    public boolean standsInWhatIsKnown(Occurrence occurrence) {
        Position at = occurrence.interval().to();
        Position known = record.evidenceThrough();
        boolean marked = at.hasKey() && known.hasKey();
        return marked ? !known.isBefore(at) : at.isBefore(known);
    }

    /** Whether vCenter may tell only after a position that something happened before it. */
    public static boolean mayStillBeTold(Position at, Position through) {
        return at.epoch() == through.epoch()
                && !at.time().isBefore(through.time().minus(Occurrence.TOLD_LATE));
    }

    /** The newest reconfiguration that history tells of: whoever did it most likely caused what is seen now. */
    public Optional<Occurrence> reconfigured() {
        return newest(OccurrenceKind.RECONFIGURED);
    }

    /** The newest occurrence of a kind that the record cannot have known of yet. */
    public Optional<Occurrence> newest(OccurrenceKind kind) {
        return facts.occurrences().stream()
                .filter(o -> o.kind() == kind && isNew(o))
                .reduce((older, newer) -> newer);
    }

    /** Evidence of something that its result shows now, with who reconfigured the VM last. */
    Evidence changed(Interval at, String oldValue, String newValue) {
        Evidence change = Evidence.ofChange(at.to().time(), oldValue, newValue);
        return reconfigured().map(change::by).orElse(change);
    }

    /** Disks that the last sighting showed and that are still there; none while the configuration cannot be read. */
    List<SameDisk> sameDisks() {
        Sighting before = record.sighting();
        if (before == null || !vm.configRead()) {
            return List.of();
        }
        return before.disks().stream()
                .flatMap(old -> vm.disk(old.id()).stream().map(now -> new SameDisk(old, now)))
                .toList();
    }

    /**
     * A disk in two looks.
     *
     * @param old as the last sighting showed it
     * @param now as it is now
     */
    record SameDisk(Disk old, Disk now) {}
}
