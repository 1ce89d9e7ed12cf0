package io.cbtguard.vsphere;

import java.util.Locale;
import java.util.function.BooleanSupplier;

/** Times how long a fault takes to be over; prints it, as nobody should fail a test because a machine is slow. */
final class Recovery {
    private final String fault;
    private final long began = System.nanoTime();

    private Recovery(String fault) {
        this.fault = fault;
    }

    /** The fault begins now. */
    static Recovery from(String fault) {
        return new Recovery(fault);
    }

    /** Waits until all is well again. */
    void until(String what, BooleanSupplier condition) {
        Told.soon(what).atMost(java.time.Duration.ofSeconds(60)).until(condition::getAsBoolean);
        System.out.printf(Locale.ROOT, "recovery: %s %.2f s%n", fault, (System.nanoTime() - began) / 1e9);
    }
}
