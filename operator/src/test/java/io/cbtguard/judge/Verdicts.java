package io.cbtguard.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.judge.Verdict.DiskVerdict;
import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Baseline;
import io.cbtguard.judge.record.Chain;
import io.cbtguard.judge.record.Finding;
import io.cbtguard.judge.record.Outcome;
import io.cbtguard.judge.record.Phase;
import java.util.List;
import java.util.stream.Stream;

/** What tests ask of a story. */
final class Verdicts {
    private Verdicts() {}

    static void assertNext(Story story, BackupType type, Reason reason) {
        Verdict.Next next = story.verdict().nextBackup();
        assertThat(next.type()).as(next.message()).isEqualTo(type);
        assertThat(next.reason()).as(next.message()).isEqualTo(reason);
    }

    static void assertForcesFull(Story story, Reason reason) {
        assertNext(story, BackupType.Full, reason);
        assertThat(story.verdict().forceFull().status()).isEqualTo(Verdict.Status.True);
        assertThat(story.verdict().forceFull().reason()).isEqualTo(reason);
    }

    static void assertIncremental(Story story) {
        assertNext(story, BackupType.Incremental, Reason.Current);
        assertThat(story.verdict().forceFull().status()).isEqualTo(Verdict.Status.False);
        assertThat(story.verdict().baselineValid().status()).isEqualTo(Verdict.Status.True);
    }

    static DiskVerdict disk(Story story, String id) {
        return story.verdict().chains().getFirst().disks().stream()
                .filter(d -> d.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    static List<Finding> findings(Story story, Reason reason) {
        return story.record.findings().stream()
                .filter(f -> f.reason() == reason)
                .toList();
    }

    static Stream<Baseline> baselines(Story story) {
        return story.record.chains().stream().map(Chain::baselines).flatMap(List::stream);
    }

    static void assertEnded(Backup backup, Phase phase, Reason reason) {
        Outcome outcome = backup.outcome();
        assertThat(outcome.phase()).as(outcome.message()).isEqualTo(phase);
        assertThat(outcome.reason()).as(outcome.message()).isEqualTo(reason);
    }
}
