package io.cbtguard.model;

import io.cbtguard.inventory.Occurrence;
import io.cbtguard.judge.Facts;
import io.cbtguard.judge.Judge;
import io.cbtguard.judge.Judge.Committed;
import io.cbtguard.judge.Judge.Decided;
import io.cbtguard.judge.Protection;
import io.cbtguard.judge.Reason;
import io.cbtguard.judge.Report;
import io.cbtguard.judge.Request;
import io.cbtguard.judge.Rules;
import io.cbtguard.judge.Wish;
import io.cbtguard.judge.record.Binding;
import io.cbtguard.judge.record.Outcome;
import io.cbtguard.judge.record.VmRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Stands in for the operator around the judge: keeps the record, learns before it decides and commits, acknowledges what is
 * stored, and does so after crashes, with lost answers and with a record that somebody put back.
 */
final class Guard {
    static final String NAMESPACE = "namespace-uid";
    private static final int KEPT = 40;

    private final World world;
    private final Watch watch;
    private final Tally tally;
    private final List<VmRecord> versions = new ArrayList<>();
    private VmRecord record;
    private boolean foreign;
    private int learned;
    private Protection protection;

    Guard(World world, Watch watch, Tally tally) {
        this.world = world;
        this.watch = watch;
        this.tally = tally;
        this.record = VmRecord.bound(
                new Binding("vc", "vc-uid", "vcenter-uuid", "5029-uuid", Vcenter.VM, "record-uid"), watch.through());
        this.protection = protection(world.setup, List.of());
        versions.add(record);
    }

    static Protection protection(Setup setup, List<String> exclude) {
        return protection(setup, exclude, setup.acceptGaps(), setup.trustUnseen());
    }

    static Protection protection(Setup setup, List<String> exclude, boolean acceptGaps, boolean trustUnseen) {
        return new Protection(
                NAMESPACE,
                "shop",
                exclude,
                Duration.ofHours(24),
                setup.singleDisks(),
                setup.refuseOnInvalid(),
                setup.fullOnUnknown(),
                Duration.ofMinutes(10),
                Duration.ofHours(24),
                Duration.ofHours(24),
                null,
                Protection.FullDue.NEVER,
                Protection.STRICT.finishedSeries(),
                setup.affectedBuilds() ? List.of(Builds.BULLETIN) : List.of(),
                rules(setup, acceptGaps, trustUnseen));
    }

    private static Rules rules(Setup setup, boolean acceptGaps, boolean trustUnseen) {
        Rules strict = Rules.STRICT;
        return new Rules(
                setup.whenAffected() ? Rules.HostUpgrade.WhenAffected : strict.hostUpgrade(),
                strict.affectedHost(),
                acceptGaps,
                strict.acceptIdentity(),
                setup.resetAdopted(),
                trustUnseen,
                strict.assumeLastBase(),
                strict.relocationKills(),
                strict.resizeKills(),
                strict.uncleanShutdown(),
                strict.waitForConsolidation());
    }

    VmRecord record() {
        return record;
    }

    Protection protection() {
        return protection;
    }

    void policy(Protection changed) {
        protection = changed;
    }

    /** Learns what the newest view knows; may crash before the write or before the acknowledgement. */
    void learn(Dice dice) {
        if (dice.percent(3)) {
            tally.count("race: crash before the write");
            next(facts(true));
            return;
        }
        Facts facts = facts(true);
        store(next(facts));
        if (dice.percent(3)) {
            tally.count("race: crash before the acknowledgement");
            return;
        }
        watch.acknowledge();
    }

    void learnSafely() {
        store(next(facts(true)));
        watch.acknowledge();
    }

    /** Whether the record holds all that the newest view told. */
    boolean upToDate() {
        return !foreign && watch.occurrences().isEmpty() && learned == watch.views();
    }

    /** @return whether learning the same again leaves the record as it is */
    boolean settled() {
        return next(facts(true)).sameBut(record);
    }

    private VmRecord next(Facts facts) {
        VmRecord next = Judge.learn(record, facts, protection).record();
        if (foreign) {
            next = Judge.putBack(next, record.evidenceThrough(), facts.through(), "The record was put back.");
        }
        return Judge.expire(next, facts);
    }

    Facts facts(boolean fresh) {
        List<Occurrence> occurrences = new ArrayList<>();
        boolean back = record.sighting() != null && record.sighting().lostSince() != null && watch.vm() != null;
        if (foreign || back) {
            occurrences.addAll(watch.again(record.evidenceThrough()));
        }
        occurrences.addAll(watch.occurrences());
        return new Facts(watch.vm(), watch.hosts(), watch.inFlight(), occurrences, watch.through(), watch.now(), fresh);
    }

    private void store(VmRecord next) {
        foreign = false;
        learned = watch.views();
        if (next.equals(record)) {
            return;
        }
        boolean knewDisks =
                record.sighting() != null && !record.sighting().disks().isEmpty();
        if (!knewDisks && next.sighting() != null) {
            next.sighting().disks().forEach(world::adopted);
            versions.clear(); // what a VM is bound with, is stored with the first sight of it
        }
        record = next;
        versions.add(next);
        if (versions.size() > KEPT) {
            versions.removeFirst();
        }
    }

    /** Somebody puts an older version of the record back. */
    void putBack(Dice dice) {
        record = dice.of(versions);
        versions.clear();
        versions.add(record);
        foreign = true;
    }

    /** Behind a barrier: learns and decides in one write. */
    Decided decide(Request request, boolean fresh, Dice dice) {
        Facts facts = facts(fresh);
        VmRecord learned = fresh ? next(facts) : record;
        Decided decided = Judge.decide(learned, facts, protection, request);
        if (dice.percent(3)) {
            tally.count("race: decision lost before the write");
            decided = Judge.decide(learned, facts, protection, request);
        }
        store(decided.record());
        if (fresh) {
            watch.acknowledge();
        }
        if (decided.decision() != null && dice.percent(5)) {
            tally.count("race: decision asked for twice");
            Decided again = Judge.decide(record, facts, protection, request);
            require(decided.decision().equals(again.decision()), "the second answer differs from the first");
        }
        return decided;
    }

    /** Behind a barrier: learns and commits in one write; at times twice, or for nothing first. */
    Outcome commit(Request request, Report report, Dice dice) {
        Facts facts = facts(true);
        VmRecord learned = next(facts);
        Committed committed = Judge.commit(learned, facts, protection, request, report);
        store(committed.record());
        watch.acknowledge();
        if (dice.percent(10)) {
            tally.count("race: commit handled twice");
            Committed again = Judge.commit(record, facts(true), protection, request, report);
            require(again.record().equals(record), "a commit handled twice changed the record");
            require(again.outcome().equals(committed.outcome()), "a commit handled twice has two outcomes");
        }
        return committed.outcome();
    }

    void cancel(String runUid) {
        store(Judge.cancel(known(), runUid, facts(true), "The VMBackup was deleted."));
    }

    void forget(String runUid) {
        store(Judge.forget(known(), runUid));
    }

    void requestFull(String token) {
        store(Judge.wish(
                known(),
                facts(true),
                protection,
                List.of(new Wish(Reason.FullRequested, token, "A person asked for a full."))));
    }

    /** A record that somebody else wrote is made good before anything else is done with it. */
    private VmRecord known() {
        return foreign ? next(facts(true)) : record;
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
