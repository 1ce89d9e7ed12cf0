package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.VMBackup;
import io.cbtguard.judge.record.Outcome;
import io.cbtguard.judge.record.Phase;
import io.cbtguard.judge.record.Run;
import io.cbtguard.judge.record.VmRecord;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which ended runs a record may forget although their VMBackups are kept: those that are shown, but for the newest, whose statuses can
 * so be shown again. Many go at once, as each time costs a write, or with whatever else is written.
 */
final class EndedRuns {
    /** A report was judged: nothing more can come of it. */
    private static final Set<Phase> JUDGED = EnumSet.of(Phase.Committed, Phase.NotCommitted, Phase.Failed);

    private static final int JUDGED_KEPT = 2;
    private static final int JUDGED_MOST = 4;

    /** A late report may still tell of a restore point. */
    private static final int OTHERS_KEPT = 8;

    private static final int OTHERS_MOST = 16;

    private EndedRuns() {}

    /**
     * @param backups by uid, as the cache shows them
     * @param written whether the record is written anyway, so that a few may go as well
     */
    static Set<String> forgettable(VmRecord record, Function<String, Optional<VMBackup>> backups, boolean written) {
        List<Run> shown = record.runs().stream()
                .filter(run -> !run.open())
                .filter(run -> backups.apply(run.uid())
                        .filter(VmBackupReconciler::isShown)
                        .isPresent())
                .sorted(Comparator.comparing((Run run) -> outcome(run).at().time())
                        .reversed())
                .toList();
        return Stream.concat(
                        beyond(
                                shown.stream().filter(EndedRuns::isJudged).toList(),
                                JUDGED_KEPT,
                                written ? JUDGED_KEPT : JUDGED_MOST),
                        beyond(
                                shown.stream().filter(run -> !isJudged(run)).toList(),
                                OTHERS_KEPT,
                                written ? OTHERS_KEPT : OTHERS_MOST))
                .map(Run::uid)
                .collect(Collectors.toSet());
    }

    private static Stream<Run> beyond(List<Run> newestFirst, int kept, int most) {
        return newestFirst.size() > most ? newestFirst.stream().skip(kept) : Stream.empty();
    }

    private static boolean isJudged(Run run) {
        return JUDGED.contains(outcome(run).phase());
    }

    private static Outcome outcome(Run run) {
        return Objects.requireNonNull(run.outcome());
    }
}
