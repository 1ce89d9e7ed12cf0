package io.cbtguard.judge;

import io.cbtguard.judge.record.VmRecord;

final class Learning {
    private Learning() {}

    static Judge.Learned learn(VmRecord r, Facts f, Protection p) {
        throw new UnsupportedOperationException();
    }

    static VmRecord gap(VmRecord r, io.cbtguard.inventory.Interval i, String m) {
        throw new UnsupportedOperationException();
    }
}
