package io.cbtguard.vsphere;

import java.util.random.RandomGenerator;

/** Opens watches that speak VIM SOAP. */
public final class VimWatches implements VcenterWatch.Factory {
    /** Begins to prepare the VIM stubs, which takes seconds, beside whatever else is starting. */
    public VimWatches() {
        VimStubs.warm();
    }

    @Override
    public VcenterWatch open(VcenterTarget target, VcenterWatch.Listener listener) {
        return new VimVcenterWatch(target, listener, new Backoff(RandomGenerator.getDefault())).start();
    }
}
