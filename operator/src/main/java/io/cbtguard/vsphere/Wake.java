package io.cbtguard.vsphere;

/** Ends a pause early. A call made while nobody pauses ends the next pause at once. */
final class Wake {
    private boolean isCalled;

    synchronized void call() {
        isCalled = true;
        notifyAll();
    }

    /** Pauses for at most this long. */
    synchronized void pause(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        while (!isCalled) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        isCalled = false;
    }
}
