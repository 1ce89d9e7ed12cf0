package io.cbtguard.fake;

import io.cbtguard.vsphere.VcenterTarget;
import io.cbtguard.vsphere.VcenterWatch;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Fake vCenters by host name; a host that nobody put there cannot be reached. */
public final class FakeVcenters implements VcenterWatch.Factory {
    private final Map<String, FakeVcenter> byHost = new ConcurrentHashMap<>();

    public void put(String host, FakeVcenter vcenter) {
        byHost.put(host, vcenter);
    }

    @Override
    public VcenterWatch open(VcenterTarget target, VcenterWatch.Listener listener) {
        return new FakeWatch(byHost.get(target.server().getHost()), target, listener);
    }
}
