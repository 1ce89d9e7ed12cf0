package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.VCenterStatus;
import io.cbtguard.api.v1alpha1.VCenterStatus.Gap;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Stretches of a vCenter's history that cannot be read, as its status lists them. */
final class Gaps {
    private static final int LIMIT = 64;
    static final String RETENTION_EXCEEDED = "EventRetentionExceeded";

    private Gaps() {}

    /** What the status lists, and what the watch found since. */
    static List<Gap> of(VCenterStatus status, OpenWatch watch) {
        Set<Gap> all = new LinkedHashSet<>(status.gaps());
        all.addAll(found(watch));
        List<Gap> gaps = new ArrayList<>(all);
        return gaps.size() <= LIMIT ? gaps : gaps.subList(gaps.size() - LIMIT, gaps.size());
    }

    /** What this watch found. */
    static List<Gap> found(OpenWatch watch) {
        return watch.gaps().stream()
                .map(gap ->
                        new Gap(gap.from().time().toString(), gap.to().time().toString(), RETENTION_EXCEEDED))
                .toList();
    }
}
