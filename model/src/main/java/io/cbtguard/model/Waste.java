package io.cbtguard.model;

import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Decision;
import io.cbtguard.model.Shadows.Others;

/**
 * Counts what each way of deciding costs on the same snapshots: of runs that left the choice to the judge and did as they were told,
 * under policies that tolerate nothing.
 */
final class Waste {
    private final boolean strict;
    private final Tally tally;

    Waste(Setup setup, Tally tally) {
        this.strict = !setup.lenient();
        this.tally = tally;
    }

    void count(Job job, Others others) {
        if (!others.uuidFaithful()) {
            tally.count("uuid unsound");
        }
        Decision decision = job.decision;
        if (!strict || decision == null || !job.choiceIsOurs() || others.nothingTracked()) {
            return;
        }
        tally.count("waste runs");
        if (decision.type() == BackupType.Full) {
            tally.count("waste guard full");
            tally.count("waste reason " + decision.reason() + (others.oracleFull() ? ", needed" : ", needless"));
        } else if (others.oracleFull()) {
            tally.count("waste guard incremental, not by oracle");
        }
        if (others.oracleFull()) {
            tally.count("waste oracle full");
        }
        if (others.noneBefore()) {
            tally.count("waste first");
        }
        if (others.uuidFull()) {
            tally.count("waste uuid full");
        }
        if (!others.uuidFaithful()) {
            tally.count("waste uuid unsound");
        }
    }
}
