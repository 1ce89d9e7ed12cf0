package io.cbtguard.judge.check;

import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Position;
import io.cbtguard.judge.Reason;

/** Makes ids of findings: equal for the same cause, however often and in whatever order it is learned. */
final class Ids {
    private Ids() {}

    static String of(Reason reason, String what) {
        return reason + "@" + what;
    }

    static String of(Reason reason, Interval at, String what) {
        return reason + "@" + text(at.to()) + (what.isEmpty() ? "" : "/" + what);
    }

    private static String text(Position position) {
        return position.hasKey()
                ? position.epoch() + ":" + position.key() + ":" + position.time()
                : "t" + position.time();
    }
}
