package io.cbtguard.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.api.v1alpha1.VMBackup;
import io.cbtguard.api.v1alpha1.VMBackupSpec;
import io.cbtguard.api.v1alpha1.VMBackupStatus;
import io.cbtguard.inventory.Position;
import io.cbtguard.judge.Reason;
import io.cbtguard.judge.record.Binding;
import io.cbtguard.judge.record.Outcome;
import io.cbtguard.judge.record.Phase;
import io.cbtguard.judge.record.Run;
import io.cbtguard.judge.record.Trust;
import io.cbtguard.judge.record.VmRecord;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which ended runs a record forgets while their VMBackups are kept. */
class EndedRunsTest {
    private static final Instant BEGIN = Instant.parse("2026-11-24T00:00:00Z");

    private static Position at(int hour) {
        return Position.ofTime(0, BEGIN.plusSeconds(3600L * hour));
    }

    private static VmRecord record(int ended, Phase phase) {
        List<Run> runs = IntStream.range(0, ended)
                .mapToObj(i -> run("run-" + i, new Outcome(phase, Reason.Current, "It is over.", Trust.Good, at(i))))
                .toList();
        return VmRecord.bound(new Binding("lab", "vc", "vc", "vm", "vm-42", "rec"), at(0))
                .withRuns(runs);
    }

    private static Run run(String uid, @Nullable Outcome outcome) {
        return new Run(uid, uid, "shop-uid", "shop", "default", null, outcome);
    }

    private static Optional<VMBackup> shown(String uid) {
        return backup(uid, "True");
    }

    private static Optional<VMBackup> backup(String uid, String complete) {
        VMBackup backup = new VMBackup();
        backup.setMetadata(new ObjectMetaBuilder()
                .withName(uid)
                .withUid(uid)
                .withGeneration(1L)
                .build());
        backup.setSpec(Serialization.jsonMapper()
                .convertValue(Map.of("protectedVMRef", Map.of("name", "web")), VMBackupSpec.class));
        backup.setStatus(new VMBackupStatus(
                1L,
                VMBackupStatus.Phase.Committed,
                "Current",
                null,
                null,
                List.of(new ConditionBuilder()
                        .withType("Complete")
                        .withStatus(complete)
                        .withReason("Current")
                        .withLastTransitionTime("2026-11-24T00:00:00Z")
                        .build())));
        return Optional.of(backup);
    }

    @Test
    void all_but_the_newest_of_many_that_are_shown_go_at_once() {
        assertThat(EndedRuns.forgettable(record(4, Phase.Committed), EndedRunsTest::shown, false))
                .as("few")
                .isEmpty();
        assertThat(EndedRuns.forgettable(record(5, Phase.Committed), EndedRunsTest::shown, false))
                .containsExactlyInAnyOrder("run-0", "run-1", "run-2");
    }

    @Test
    void with_another_write_all_but_the_newest_go_however_few_they_are() {
        assertThat(EndedRuns.forgettable(record(4, Phase.Committed), EndedRunsTest::shown, true))
                .containsExactlyInAnyOrder("run-0", "run-1");
        assertThat(EndedRuns.forgettable(record(9, Phase.Refused), EndedRunsTest::shown, true))
                .containsExactly("run-0");
        assertThat(EndedRuns.forgettable(record(2, Phase.Failed), EndedRunsTest::shown, true))
                .isEmpty();
    }

    @Test
    void what_is_not_shown_yet_stays() {
        assertThat(EndedRuns.forgettable(record(20, Phase.Failed), uid -> backup(uid, "False"), false))
                .isEmpty();
        assertThat(EndedRuns.forgettable(record(20, Phase.Failed), uid -> Optional.empty(), false))
                .as("their own pass ends them")
                .isEmpty();
    }

    @Test
    void more_are_kept_of_those_to_which_a_late_report_may_come() {
        assertThat(EndedRuns.forgettable(record(16, Phase.Expired), EndedRunsTest::shown, false))
                .isEmpty();
        assertThat(EndedRuns.forgettable(record(17, Phase.Refused), EndedRunsTest::shown, false))
                .hasSize(9)
                .contains("run-0", "run-8");
    }

    @Test
    void an_open_run_is_never_forgotten() {
        VmRecord record = record(5, Phase.Committed);
        List<Run> runs = new java.util.ArrayList<>(record.runs());
        runs.add(run("open", null));

        assertThat(EndedRuns.forgettable(record.withRuns(runs), EndedRunsTest::shown, false))
                .doesNotContain("open")
                .hasSize(3);
    }
}
