package io.cbtguard.judge.record;

import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one VM and must last.
 *
 * @param schema layout version of this value; a higher one than {@link #SCHEMA} is never written
 * @param evidenceThrough history up to here is accounted for in this value (later positions may be, too)
 * @param sighting null until the VM was first judged
 * @param snapshots seen snapshots while they matter
 * @param residence ESXi builds the VM ran on, oldest first
 * @param recentEvents where those moves of the VM and losses of its host's sight stand that are known and were so young when the
 *     record was written that vCenter might yet tell of another one before them
 * @param trackedSince when tracking last began anew, if it is proven that no snapshot existed then; null if it is not
 * @param findings causes, oldest first, as long as a baseline, a run or a snapshot reaches back before them
 */
public record VmRecord(
        int schema,
        Binding binding,
        Position evidenceThrough,
        @Nullable Sighting sighting,
        List<SeenSnapshot> snapshots,
        List<Pending> pending,
        List<Residence> residence,
        List<Position> recentEvents,
        @Nullable Interval trackedSince,
        List<Chain> chains,
        List<Finding> findings,
        List<Run> runs) {
    /** The layout this operator writes. */
    public static final int SCHEMA = 1;

    public VmRecord {
        snapshots = List.copyOf(snapshots);
        pending = List.copyOf(pending);
        residence = List.copyOf(residence);
        recentEvents = List.copyOf(recentEvents);
        chains = List.copyOf(chains);
        findings = List.copyOf(findings);
        runs = List.copyOf(runs);
    }

    /** A record for a VM that was just bound: it knows nothing before this position. */
    public static VmRecord bound(Binding binding, Position at) {
        return new VmRecord(
                SCHEMA, binding, at, null, List.of(), List.of(), List.of(), List.of(), null, List.of(), List.of(),
                List.of());
    }

    public Optional<Chain> chain(String namespaceUid, String name) {
        return chains.stream().filter(c -> c.is(namespaceUid, name)).findFirst();
    }

    /** The chains of one namespace: no other one may see or change them. */
    public Stream<Chain> chainsOf(String ofNamespaceUid) {
        return chains.stream().filter(c -> c.namespaceUid().equals(ofNamespaceUid));
    }

    public Optional<Run> run(String uid) {
        return runs.stream().filter(r -> r.uid().equals(uid)).findFirst();
    }

    public Optional<SeenSnapshot> seenSnapshot(String moRef) {
        return snapshots.stream().filter(s -> s.moRef().equals(moRef)).findFirst();
    }

    public VmRecord withBinding(Binding changed) {
        return with(draft -> draft.binding = changed);
    }

    public VmRecord through(Position position) {
        return with(draft -> draft.evidenceThrough = position);
    }

    public VmRecord withSighting(@Nullable Sighting changed) {
        return with(draft -> draft.sighting = changed);
    }

    public VmRecord withSnapshots(List<SeenSnapshot> changed) {
        return with(draft -> draft.snapshots = changed);
    }

    public VmRecord withPending(List<Pending> changed) {
        return with(draft -> draft.pending = changed);
    }

    public VmRecord withResidence(List<Residence> changed) {
        return with(draft -> draft.residence = changed);
    }

    public VmRecord withRecentEvents(List<Position> changed) {
        return with(draft -> draft.recentEvents = changed);
    }

    public VmRecord withTrackedSince(@Nullable Interval changed) {
        return with(draft -> draft.trackedSince = changed);
    }

    public VmRecord withChains(List<Chain> changed) {
        return with(draft -> draft.chains = changed);
    }

    public VmRecord withFindings(List<Finding> changed) {
        return with(draft -> draft.findings = changed);
    }

    public VmRecord withRuns(List<Run> changed) {
        return with(draft -> draft.runs = changed);
    }

    public VmRecord mapChains(UnaryOperator<Chain> change) {
        return withChains(chains.stream().map(change).toList());
    }

    /** Replaces the chain of the same namespace and name, or adds it. */
    public VmRecord withChain(Chain chain) {
        List<Chain> changed = new ArrayList<>(chains);
        changed.removeIf(c -> c.is(chain.namespaceUid(), chain.name()));
        changed.add(chain);
        return withChains(changed);
    }

    /** Replaces the run of the same uid, or adds it. */
    public VmRecord withRun(Run run) {
        List<Run> changed = new ArrayList<>(runs);
        changed.removeIf(r -> r.uid().equals(run.uid()));
        changed.add(run);
        return withRuns(changed);
    }

    /** The same but for where evidence was read and when the VM was seen: nothing worth a write. */
    public boolean sameBut(VmRecord other) {
        return at(evidenceThrough).equals(other.at(evidenceThrough));
    }

    private VmRecord at(Position position) {
        return through(position).withSighting(sighting == null ? null : sighting.at(position));
    }

    private VmRecord with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.finished();
    }

    /** The same fields while one of them is being changed. */
    private static final class Draft {
        private int schema;
        private Binding binding;
        private Position evidenceThrough;
        private @Nullable Sighting sighting;
        private List<SeenSnapshot> snapshots;
        private List<Pending> pending;
        private List<Residence> residence;
        private List<Position> recentEvents;
        private @Nullable Interval trackedSince;
        private List<Chain> chains;
        private List<Finding> findings;
        private List<Run> runs;

        Draft(VmRecord from) {
            schema = from.schema;
            binding = from.binding;
            evidenceThrough = from.evidenceThrough;
            sighting = from.sighting;
            snapshots = from.snapshots;
            pending = from.pending;
            residence = from.residence;
            recentEvents = from.recentEvents;
            trackedSince = from.trackedSince;
            chains = from.chains;
            findings = from.findings;
            runs = from.runs;
        }

        VmRecord finished() {
            return new VmRecord(
                    schema,
                    binding,
                    evidenceThrough,
                    sighting,
                    snapshots,
                    pending,
                    residence,
                    recentEvents,
                    trackedSince,
                    chains,
                    findings,
                    runs);
        }
    }
}
