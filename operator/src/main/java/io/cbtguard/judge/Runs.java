package io.cbtguard.judge;

import io.cbtguard.judge.record.VmRecord;

final class Runs {
    private Runs() {}

    static VmRecord expire(VmRecord r, io.cbtguard.inventory.Position at) {
        throw new UnsupportedOperationException();
    }

    static VmRecord cancel(VmRecord r, String u, io.cbtguard.inventory.Position at, String w) {
        throw new UnsupportedOperationException();
    }

    static VmRecord forget(VmRecord r, String u) {
        throw new UnsupportedOperationException();
    }

    static VmRecord requestFull(VmRecord r, io.cbtguard.inventory.Position at, Protection p, String t, String m) {
        throw new UnsupportedOperationException();
    }
}
