package io.cbtguard.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.judge.Advisory;
import io.cbtguard.judge.Reach;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How far an advisory reaches into a record is known of the record as it is now, or not at all. */
class ReachesTest {
    private static final Reach NONE = new Reach(false, 0);

    private List<Advisory> advisories = List.of(advisory("It loses blocks."));
    private final Reaches reaches = new Reaches(() -> advisories);

    private static Advisory advisory(String remedy) {
        return new Advisory(
                "kb",
                "Blocks are lost",
                Advisory.Trigger.HostBuild,
                List.of(new Advisory.Affected("6.0.0", 1L, null)),
                List.of(),
                0,
                true,
                Advisory.Suspects.Incrementals,
                false,
                remedy);
    }

    private static VMRecord record(String uid, long generation) {
        VMRecord record = new VMRecord();
        record.setMetadata(new ObjectMetaBuilder()
                .withNamespace("guard")
                .withName("a")
                .withUid(uid)
                .withGeneration(generation)
                .build());
        return record;
    }

    @Test
    void whatHasBeenLookedAtIsKnown() {
        reaches.unreadable(record("u1", 3));

        assertThat(reaches.of(record("u1", 3), advisories.getFirst())).contains(NONE);
    }

    @Test
    void whatTheRecordSaidBeforeAndWhatAnotherOneSaidCountsForNothing() {
        reaches.unreadable(record("u1", 3));

        assertThat(reaches.of(record("u1", 4), advisories.getFirst())).isEmpty();
        assertThat(reaches.of(record("u2", 3), advisories.getFirst())).isEmpty();
    }

    @Test
    void whatAnAdvisoryReachedBeforeItSaidSomethingElseCountsForNothing() {
        reaches.unreadable(record("u1", 3));
        Advisory changed = advisory("Reset tracking.");

        assertThat(reaches.of(record("u1", 3), changed)).isEmpty();
        advisories = List.of(changed);
        reaches.unreadable(record("u1", 3));
        assertThat(reaches.of(record("u1", 3), changed)).contains(NONE);
    }

    @Test
    void aRecordThatIsGoneIsForgotten() {
        reaches.unreadable(record("u1", 3));

        reaches.forget("guard/a");

        assertThat(reaches.of(record("u1", 3), advisories.getFirst())).isEmpty();
    }
}
