package io.cbtguard.judge;

import io.cbtguard.inventory.EsxBuild;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A vendor bulletin in force, as far as it bears on a judgement.
 *
 * @param name name of the CBTAdvisory
 * @param title what it is about, for messages
 * @param trigger what sets it off
 * @param affected ESXi builds it names; a note has none
 * @param exceptHosts names of hosts known to be fixed otherwise
 * @param boundaryBytes {@code DiskResize}: growth across this size, or across it times a power of two, counts
 * @param invalidates {@code effect.baselines: Invalidate}
 * @param suspects which restore points are suspect
 * @param needsReset {@code effect.reset: Required}: a full alone does not cure
 * @param remedy what to do, in the bulletin's words
 */
public record Advisory(
        String name,
        String title,
        Trigger trigger,
        List<Affected> affected,
        List<String> exceptHosts,
        long boundaryBytes,
        boolean invalidates,
        Suspects suspects,
        boolean needsReset,
        String remedy) {
    public Advisory {
        affected = List.copyOf(affected);
        exceptHosts = List.copyOf(exceptHosts);
    }

    public enum Trigger {
        HostBuild,
        DiskResize,
        Note
    }

    public enum Suspects {
        None,
        Incrementals,
        IncrementalsAndFullsUsingCbt
    }

    /**
     * Builds of one version line.
     *
     * @param version three-part version; builds of other versions are others, whatever their number
     * @param minBuild first build that is affected
     * @param fixedBuild first build that is not any more; null: none is known
     */
    public record Affected(
            String version, long minBuild, @Nullable Long fixedBuild) {
        boolean covers(EsxBuild build) {
            return version.equals(build.version())
                    && build.build() >= minBuild
                    && (fixedBuild == null || build.build() < fixedBuild);
        }
    }

    /** Whether it names the build. A build that nobody knows may be any build. */
    public boolean mayCover(@Nullable EsxBuild build) {
        return build == null || affected.stream().anyMatch(a -> a.covers(build));
    }

    /** Whether growth from one size to the other crosses the boundary or a multiple of it by a power of two. */
    public boolean crosses(long from, long to) {
        for (long edge = boundaryBytes; edge > 0 && edge <= to; edge *= 2) {
            if (from < edge) {
                return true;
            }
        }
        return false;
    }
}
