package io.cbtguard.judge;

import io.cbtguard.judge.record.VmRecord;

final class Assessing {
    private Assessing() {}

    static Verdict assess(VmRecord r, Facts f, Protection p) {
        throw new UnsupportedOperationException();
    }
}
