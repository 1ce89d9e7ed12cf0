package io.cbtguard.vsphere;

import java.time.Duration;

/**
 * Asks the inventory watch, which sits in a long poll most of the time, to read to the end now. A request is a number; it is
 * fulfilled when a read that began after it ended without being truncated.
 */
final class Drains {
    private static final long CANCEL_AGAIN_MILLIS = 100;

    private long wanted;
    private long reached;
    private boolean failed;
    private long progressedAt;

    /** Ends the long poll. */
    interface Cancel {
        void run() throws Exception;
    }

    synchronized long wanted() {
        return wanted;
    }

    synchronized void reached(long number) {
        reached = Math.max(reached, number);
        notifyAll();
    }

    /** The server answered the inventory watch: it is alive, however long reading to the end takes. */
    synchronized void progressed() {
        progressedAt = System.nanoTime();
    }

    /** The inventory watch has ended; nobody need wait for it. */
    synchronized void fail() {
        failed = true;
        notifyAll();
    }

    synchronized void restart() {
        failed = false;
    }

    /**
     * Asks and waits.
     *
     * @param longest without an answer of the server
     * @return false if the server stopped answering or the inventory watch ended
     */
    boolean request(Cancel cancel, Duration longest) throws Exception {
        long number;
        synchronized (this) {
            number = ++wanted;
            progressedAt = System.nanoTime();
        }
        while (true) {
            // The wait may begin after a cancellation that was meant for it, hence again and again.
            cancel.run();
            synchronized (this) {
                long cancelAgain = System.nanoTime() + CANCEL_AGAIN_MILLIS * 1_000_000;
                while (reached < number && !failed && System.nanoTime() < cancelAgain) {
                    wait(CANCEL_AGAIN_MILLIS);
                }
                if (reached >= number) {
                    return true;
                }
                if (failed || System.nanoTime() - progressedAt > longest.toNanos()) {
                    return false;
                }
            }
        }
    }
}
