package io.cbtguard.testkit.demo;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * {@code make demo}: starts everything anew, plays the story, and stays up until Ctrl-C at a terminal; without one, or with
 * {@code DEMO_EXIT=1}, it ends. Either way it stops what it started.
 */
public final class DemoMain {
    private DemoMain() {}

    /** Takes no arguments. Exits 0 only if every step came out as expected. */
    public static void main(String[] args) throws InterruptedException {
        DemoLogging.quiet();
        DemoFolder folder = DemoFolder.ofStory();
        Estate.down(folder); // what a demo that was killed has left
        var cleaned = new AtomicBoolean();
        Runnable cleanUp = () -> {
            if (!cleaned.getAndSet(true)) {
                Estate.down(folder);
            }
        };
        Runtime.getRuntime().addShutdownHook(new Thread(cleanUp, "clean-up"));
        if (!plays(folder)) {
            System.exit(1);
        }
        if (staysUp()) {
            System.out.println();
            System.out.println("Still up. In another shell: source " + folder.env() + "; $KUBECTL get cbtguard -A");
            System.out.println("Ctrl-C ends it.");
            new CountDownLatch(1).await();
        }
    }

    private static boolean plays(DemoFolder folder) {
        try {
            System.out.println("Starting a control plane, a vCenter simulator and the operator:");
            Estate estate = Estate.up(folder, DemoSettings.DEFAULT, new Progress(System.out));
            Story.play(estate, new Narrator(System.out));
            return true;
        } catch (RuntimeException e) {
            System.out.flush();
            System.err.println();
            System.err.println("DEMO FAILED: " + e.getMessage());
            DemoFailure.explain(folder, e, System.err);
            return false;
        }
    }

    private static boolean staysUp() {
        return !"1".equals(System.getenv("DEMO_EXIT"))
                && System.console() != null
                && System.console().isTerminal();
    }
}
