package io.cbtguard.explain;

import io.cbtguard.judge.Facts;
import io.cbtguard.judge.Judge;
import io.cbtguard.judge.Protection;
import io.cbtguard.judge.Verdict;
import io.cbtguard.judge.record.VmRecord;

/** All that a judgement of one VM rests on. */
public record Case(VmRecord record, Facts facts, Protection protection) {
    /** The same with what is known now taken into the record. */
    Case learned() {
        return new Case(Judge.learn(record, facts, protection).record(), facts, protection);
    }

    /** Of a case that has learned. */
    Verdict verdict() {
        return Judge.assess(record, facts, protection);
    }

    /** Whether the VM can be seen, and what is seen is current. */
    boolean inSight() {
        return facts.fresh()
                && facts.vm() != null
                && facts.vm().connected()
                && facts.vm().configRead();
    }
}
