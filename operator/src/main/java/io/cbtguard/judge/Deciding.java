package io.cbtguard.judge;

import io.cbtguard.judge.record.VmRecord;

final class Deciding {
    private Deciding() {}

    static Judge.Decided decide(VmRecord r, Facts f, Protection p, Request q) {
        throw new UnsupportedOperationException();
    }
}
