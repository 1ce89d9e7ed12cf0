package io.cbtguard.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.explain.Case;
import io.cbtguard.explain.Consequences;
import io.cbtguard.explain.Consequences.Touched;
import io.cbtguard.explain.Consequences.Turned;
import io.cbtguard.explain.Explaining;
import io.cbtguard.explain.Explanation;
import io.cbtguard.explain.ExplanationText;
import io.cbtguard.explain.Guarded;
import io.cbtguard.explain.WhatIf;
import io.cbtguard.inventory.Snapshot;
import io.cbtguard.judge.Verdict.Status;
import io.cbtguard.judge.record.BackupType;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What is foretold is what the judge then says, and an explanation says what the judge knows. */
class WhatIfTest {
    private final Story story = Story.watched();

    @Test
    void anUpgradeOfTheHostWouldForceAFullOfTheVmOnItAndThenDoes() {
        story.full("run-1");

        Consequences foretold = upgraded("host-1");
        assertThat(foretold.needFull())
                .extracting(Turned::vm, Turned::reason)
                .containsExactly(org.assertj.core.api.Assertions.tuple("shop/web", "HostUpgraded"));
        assertThat(foretold.restorePoints()).isEmpty();

        story.upgrade("host-1", Story.BUILD_B);
        assertThat(story.look().verdict().forceFull().reason()).isEqualTo(Reason.HostUpgraded);
    }

    @Test
    void anUpgradeOfAnotherHostChangesNothing() {
        story.full("run-1");

        Consequences foretold = upgraded("host-2");

        assertThat(foretold.needFull()).isEmpty();
        assertThat(foretold.unchanged()).isEqualTo(1);
    }

    @Test
    void underWhenAffectedAnUpgradeForcesNoFull() {
        story.policy.hostUpgrade = Rules.HostUpgrade.WhenAffected;
        story.full("run-1");

        assertThat(upgraded("host-1").needFull()).isEmpty();
    }

    @Test
    void aRevertWouldForceAFullAndThenDoes() {
        String kept = story.snapshot("before-patch");
        story.look();
        story.full("run-1");

        Snapshot snapshot = story.seenSnapshot(kept);
        Consequences foretold = ask(matter -> WhatIf.reverted(matter, snapshot));
        assertThat(foretold.needFull()).extracting(Turned::reason).containsExactly("SnapshotReverted");

        story.revert(kept);
        assertThat(story.look().verdict().forceFull().reason()).isEqualTo(Reason.SnapshotReverted);
    }

    @Test
    void anAdvisoryWouldForceAFullAndTouchExactlyThePointsThatItThenMarks() {
        story.full("run-1");
        story.auto("run-2");
        story.later(java.time.Duration.ofHours(1));
        List<Advisory> advisories = List.of(advisory());

        Consequences foretold = ask(matter -> WhatIf.advised(matter, advisories));
        assertThat(foretold.needFull()).extracting(Turned::reason).containsExactly("AffectedHostBuild");

        story.policy.advisories = advisories;
        Verdict then = story.look().verdict();
        assertThat(then.forceFull().reason()).isEqualTo(Reason.AffectedHostBuild);
        assertThat(foretold.restorePoints())
                .extracting(Touched::run)
                .containsExactlyElementsOf(story.record.chains().getFirst().points().stream()
                        .filter(p -> p.trust() == io.cbtguard.judge.record.Trust.Suspect)
                        .map(p -> p.run())
                        .toList())
                .containsExactly("run-2");
    }

    @Test
    void aVmThatNeedsAFullAnywayIsNotCountedAsTurned() {
        Consequences foretold = upgraded("host-1");

        assertThat(foretold.alreadyFull()).containsExactly("shop/web");
        assertThat(foretold.needFull()).isEmpty();
    }

    @Test
    void aVmThatCannotBeSeenIsNotForetold() {
        story.full("run-1");
        story.inView = false;

        Consequences foretold = upgraded("host-1");

        assertThat(foretold.unknown()).singleElement().asString().startsWith("shop/web: ");
        assertThat(foretold.unchanged()).isZero();
    }

    @Test
    void askingLeavesTheRecordAsItWas() {
        story.full("run-1");
        var before = story.record;

        upgraded("host-1");

        assertThat(story.record).isSameAs(before);
        assertThat(story.look().verdict().forceFull().status()).isEqualTo(Status.False);
    }

    @Test
    void anExplanationTellsTheCauseItsEvidenceItsVictimsTheCureAndWhatToDo() {
        String kept = story.snapshot("before-patch");
        story.look();
        story.full("run-1");
        story.revert(kept);

        Explanation told = Explaining.of(guarded()); // the revert is not in the record yet

        assertThat(told.chains()).singleElement().satisfies(chain -> {
            assertThat(chain.next()).isEqualTo(BackupType.Full.name());
            assertThat(chain.reason()).isEqualTo("SnapshotReverted");
        });
        assertThat(told.findings()).first().satisfies(f -> {
            assertThat(f.reason()).isEqualTo("SnapshotReverted");
            assertThat(f.open()).isTrue();
            assertThat(f.evidence()).contains("event ", "task vm.Snapshot.revert", "by LAB\\joe");
            assertThat(f.killed()).hasSize(2).allSatisfy(k -> assertThat(k).contains("run-1"));
            assertThat(f.cure()).contains("full backup");
            assertThat(f.page()).isEqualTo("docs/reasons.md#snapshotreverted");
        });
        assertThat(told.restorePoints()).singleElement().satisfies(p -> assertThat(p.trust())
                .isEqualTo("Good"));
        assertThat(told.toDo()).first().asString().contains("Take a full backup");
        assertThat(ExplanationText.of(told)).contains("What to do", "SnapshotReverted", "before-patch");
    }

    @Test
    void aNameFromVcenterCannotWriteControlCharactersIntoTheText() {
        String evil = story.snapshot("evil\u001b[2Jname");
        story.look();
        story.full("run-1");

        assertThat(ask(matter -> WhatIf.reverted(matter, story.seenSnapshot(evil)))
                        .text())
                .doesNotContain("\u001b")
                .contains("\\u001b[2J");

        assertThat(ExplanationText.of(Explaining.of(guarded())))
                .doesNotContain("\u001b")
                .contains("\\u001b[2J");
    }

    @Test
    void aVmWithoutARecordIsExplainedByItsStanding() {
        Explanation told = Explaining.of(
                new Guarded("shop", "web", "backup/lab", "Ready is False (VMNotFound): no such VM", null));

        assertThat(told.summary()).singleElement().asString().contains("VMNotFound");
    }

    private Consequences upgraded(String host) {
        return ask(matter ->
                WhatIf.upgraded(matter, java.util.Objects.requireNonNull(story.hosts.get(host)), Story.BUILD_B));
    }

    private Consequences ask(UnaryOperator<Case> change) {
        return Consequences.of("If:", List.of(guarded()), change, List.of());
    }

    private Guarded guarded() {
        return new Guarded(
                "shop", "web", "backup/lab", "", new Case(story.record, story.facts(), story.policy.protection()));
    }

    private static Advisory advisory() {
        return new Advisory(
                "test",
                "a test",
                Advisory.Trigger.HostBuild,
                List.of(new Advisory.Affected(Story.BUILD_A.version(), Story.BUILD_A.build(), null)),
                List.of(),
                0,
                true,
                Advisory.Suspects.Incrementals,
                false,
                "Take a full backup.");
    }
}
