package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.VCenterStatus;
import io.cbtguard.api.v1alpha1.VCenterStatus.Gap;
import io.cbtguard.inventory.Interval;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Stretches of a vCenter's history that cannot be read, as its status lists them. */
final class Gaps {
    private static final int LIMIT = 64;
    private static final String RETENTION_EXCEEDED = "EventRetentionExceeded";

    /** vCenter was restored from a backup, or its clock was set back: keys or times are there twice. */
    private static final String WENT_BACK = "HistoryWentBack";

    static final List<String> REASONS = List.of(RETENTION_EXCEEDED, WENT_BACK);

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
                        new Gap(gap.from().time().toString(), gap.to().time().toString(), reason(gap)))
                .toList();
    }

    /** Keys and times of another order begin where those before can no longer be told apart from what is there twice. */
    static String reason(Interval gap) {
        return gap.from().epoch() == gap.to().epoch() ? RETENTION_EXCEEDED : WENT_BACK;
    }
}
