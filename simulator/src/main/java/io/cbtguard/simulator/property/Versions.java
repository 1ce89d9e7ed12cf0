package io.cbtguard.simulator.property;

import io.cbtguard.simulator.core.MoRef;
import org.jspecify.annotations.Nullable;

/**
 * The versions of one collector: strings that mean nothing anywhere else. The last one given out may be used; so may the
 * one before it, when the answer to it was lost, unless that answer was one page of several.
 */
final class Versions {
    private final String prefix;
    private long issued;
    private @Nullable String last;
    private @Nullable String previous;
    private boolean previousTruncated;
    private boolean lastTruncated;
    private int asked;

    /** What to do with a version that a client sends. */
    enum Verdict {
        RESTART,
        GO_ON,
        TELL_AGAIN,
        REFUSE
    }

    Versions(MoRef collector) {
        prefix = Integer.toHexString(collector.value().hashCode()) + "-";
    }

    Verdict accept(@Nullable String version) {
        asked++;
        if (version == null || version.isEmpty()) {
            last = null;
            previous = null;
            return Verdict.RESTART;
        }
        if (version.equals(last)) {
            return Verdict.GO_ON;
        }
        if (version.equals(previous) && !previousTruncated) {
            last = previous;
            lastTruncated = false;
            previous = null;
            return Verdict.TELL_AGAIN;
        }
        return Verdict.REFUSE;
    }

    /** Counts the questions, so that one that waits sees that another came. */
    int asked() {
        return asked;
    }

    String issue(boolean truncated) {
        previous = last;
        previousTruncated = lastTruncated;
        last = prefix + ++issued;
        lastTruncated = truncated;
        return last;
    }
}
