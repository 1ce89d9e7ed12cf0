package io.cbtguard.vsphere;

/** A vCenter could not answer; carries the closed reason, never meaning in its text. */
public final class VcenterUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Outage outage;

    public VcenterUnavailableException(Outage outage, String message) {
        super(message);
        this.outage = outage;
    }

    public Outage outage() {
        return outage;
    }
}
