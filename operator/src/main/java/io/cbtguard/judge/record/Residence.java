package io.cbtguard.judge.record;

import io.cbtguard.inventory.EsxBuild;
import io.cbtguard.inventory.Position;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stretch in which the VM ran on one ESXi build.
 *
 * @param build null if nobody remembers: that counts as any build
 * @param from first position at which it may have begun
 * @param to last position at which it may have ended; null for the present one
 * @param hosts names of the hosts it was seen on, at most {@link #HOSTS}; more than that count as unknown ones ({@code *})
 * @param certain whether the build was seen rather than merely possible
 */
public record Residence(
        @Nullable EsxBuild build, Position from, @Nullable Position to, boolean certain, List<String> hosts) {
    static final int HOSTS = 16;

    public Residence {
        hosts = List.copyOf(hosts);
    }

    public Residence until(Position end) {
        return new Residence(build, from, end, certain, hosts);
    }

    /** The same stay, seen on this host too. */
    public Residence on(String host) {
        if (hosts.contains(host) || hosts.contains(ANY)) {
            return this;
        }
        List<String> more = new ArrayList<>(hosts);
        more.add(more.size() < HOSTS ? host : ANY);
        return new Residence(build, from, to, certain, more);
    }

    private static final String ANY = "*";
}
