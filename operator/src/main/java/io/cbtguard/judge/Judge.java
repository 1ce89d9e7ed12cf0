package io.cbtguard.judge;

import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Position;
import io.cbtguard.judge.record.Decision;
import io.cbtguard.judge.record.Finding;
import io.cbtguard.judge.record.Outcome;
import io.cbtguard.judge.record.RestoreTest;
import io.cbtguard.judge.record.Run;
import io.cbtguard.judge.record.VmRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The front of the room: every transition of a record and every verdict, as pure functions. */
public final class Judge {
    private Judge() {}

    /**
     * Takes what is known now into the record: causes become findings, baselines die, points lose trust, snapshots are remembered.
     *
     * @return the record after it (the same instance if nothing worth a write changed) and the findings that are new
     */
    public static Learned learn(VmRecord record, Facts facts, Protection protection) {
        return Learning.learn(record, facts, protection);
    }

    /** What follows from the record for the next backup. The record must have learned these facts. */
    public static Verdict assess(VmRecord record, Facts facts, Protection protection) {
        return Assessing.assess(record, facts, protection);
    }

    /** Answers a request, or says why it has to wait. The record must have learned these facts behind a barrier. */
    public static Decided decide(VmRecord record, Facts facts, Protection protection, Request request) {
        return Deciding.decide(record, facts, protection, request);
    }

    /**
     * What a record says of a new request by itself: it waits for another run of its chain. Empty if vCenter has to be asked.
     *
     * @param now vCenter's time; a run that is overdue by then is waited for no more
     */
    public static Optional<Decided> waitsForRun(VmRecord record, Protection protection, Request request, Instant now) {
        return Deciding.waitsForRun(record, protection, request, now);
    }

    /**
     * Judges a report. The record must have learned these facts behind a barrier. Given again for a run that has ended, it
     * changes nothing and returns the outcome of then.
     */
    public static Committed commit(
            VmRecord record, Facts facts, Protection protection, Request request, Report report) {
        return Committing.commit(record, facts, protection, request, report);
    }

    /** Ends open runs whose time is over. */
    public static VmRecord expire(VmRecord record, Facts facts) {
        return Runs.expire(record, facts.through());
    }

    /** Ends an open run because its VMBackup or its ProtectedVM is gone. */
    public static VmRecord cancel(VmRecord record, String runUid, Facts facts, String why) {
        return Runs.cancel(record, runUid, facts.through(), why);
    }

    /** Forgets an ended run whose outcome its VMBackup shows, or whose VMBackup is gone. */
    public static VmRecord forget(VmRecord record, String runUid) {
        return Runs.forget(record, runUid);
    }

    /**
     * Makes a record that is too large to be stored one step smaller: the oldest finished series that no baseline builds on folds into
     * counts; where there is none, the chain with the longest series is asked for a full.
     *
     * @return the same instance if nothing more may give way
     */
    public static VmRecord fold(VmRecord record) {
        return Limits.fold(record);
    }

    /**
     * Asks for a full of every chain of a namespace; the same token asks once.
     *
     * @param wishes all that are wished for now: one that is missing here is forgotten, unless a person asked and got none yet
     */
    public static VmRecord wish(VmRecord record, Facts facts, Protection protection, List<Wish> wishes) {
        return Wishes.of(record, facts.through(), protection, wishes);
    }

    /**
     * Records that somebody restored over the VM's disks.
     *
     * @param id of the declaration, such as the uid of its VMRestore: it counts once
     * @param from since when, at the earliest; until now, since only now it is known
     * @param user who declared it
     */
    public static VmRecord restored(
            VmRecord record,
            Facts facts,
            Protection protection,
            String id,
            Position from,
            String user,
            String message) {
        return Restores.inPlace(record, facts, protection, id, from, user, message);
    }

    /**
     * Open runs that were told to take a full and are still reading: their snapshot is not known to be gone. They count for a budget of
     * fulls.
     */
    public static List<Run> fullsAtWork(VmRecord record) {
        return Fulls.atWork(record);
    }

    /** vCenter's time of the newest Good point of any chain of the namespace; empty if there is none. */
    public static Optional<Instant> lastGood(VmRecord record, Protection protection) {
        return Fulls.lastGood(record, protection.namespaceUid());
    }

    /**
     * Records that somebody tested a restore point of one of the namespace's chains; no trust follows from it.
     *
     * @return empty if the record has no such point: then the test counts for nothing. The same instance if a newer one of the same
     *     outcome is known
     */
    public static Optional<VmRecord> tested(VmRecord record, Protection protection, RestoreTest test) {
        return RestoreTests.take(record, protection, test);
    }

    /** Records that evidence in an interval cannot be read (history lost, a store that went back). */
    public static VmRecord gap(VmRecord record, Interval interval, String message) {
        return Learning.gap(record, interval, message);
    }

    /**
     * Records that this is an older copy, put back by somebody: what was stored after it is lost, and with that what history
     * told late of the time before it.
     *
     * @param stored up to where the copy had read
     * @param message why it is one
     */
    public static VmRecord putBack(VmRecord record, Position stored, Position through, String message) {
        return Learning.putBack(record, stored, through, message);
    }

    public record Learned(VmRecord record, List<Finding> news) {}

    /**
     * @param decision null while it has to wait
     * @param waiting why it waits; null once decided
     */
    public record Decided(
            VmRecord record,
            @Nullable Decision decision,
            @Nullable Reason waiting,
            String message) {}

    public record Committed(VmRecord record, Outcome outcome) {}
}
