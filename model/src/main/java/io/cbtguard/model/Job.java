package io.cbtguard.model;

import io.cbtguard.judge.Report;
import io.cbtguard.judge.Request;
import io.cbtguard.judge.record.Decision;
import org.jspecify.annotations.Nullable;

/** One run of one tool, from its request to its report. */
final class Job {
    final String name;
    final String uid;
    final int chain;
    final Habit habit;
    final Request.Type type;
    Stage stage;
    int tries;
    boolean snapshotAsked;

    @Nullable Decision decision;

    @Nullable GuestSnapshot snapshot;

    @Nullable RunData data;

    @Nullable Report report;

    enum Stage {
        ASK,
        SNAPSHOT,
        READ,
        REMOVE,
        REPORT,
        DONE
    }

    Job(int number, int chain, Habit habit, Request.Type type) {
        this.name = "run-" + number;
        this.uid = "uid-" + number;
        this.chain = chain;
        this.habit = habit;
        this.type = type;
        this.stage = habit == Habit.HOOK ? Stage.SNAPSHOT : Stage.ASK;
    }

    String chainName() {
        return "chain-" + chain;
    }

    /** The tool leaves the choice to us and does as it is told. */
    boolean choiceIsOurs() {
        return type == Request.Type.Auto && habit.honest && habit != Habit.HOOK;
    }

    Request request(boolean waitedOut) {
        return new Request(uid, name, chainName(), type, "token-" + uid, waitedOut);
    }

    String token() {
        return decision == null ? "" : decision.token();
    }
}
