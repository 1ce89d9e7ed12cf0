package io.cbtguard.testkit.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Supplier;

/** Says what is being done and how long it took, so that nobody waits before a silent screen. */
final class Progress {
    private final PrintStream out;

    Progress(PrintStream out) {
        this.out = out;
    }

    void say(String text) {
        out.println("  " + text);
    }

    <T> T step(String what, Supplier<T> work) {
        out.printf(Locale.ROOT, "  %-45s ", what);
        out.flush();
        Instant began = Instant.now();
        T result;
        try {
            result = work.get();
        } catch (RuntimeException e) {
            out.println("failed");
            throw e;
        }
        out.println(seconds(Duration.between(began, Instant.now())));
        return result;
    }

    void step(String what, Runnable work) {
        step(what, () -> {
            work.run();
            return true;
        });
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f s", duration.toNanos() / 1e9);
    }
}
