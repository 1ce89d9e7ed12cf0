package io.cbtguard.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.judge.Advisory;
import io.cbtguard.judge.Reach;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How far an advisory reaches is counted over all records, and only those that have changed are read for it. */
class ReachedTest {
    private static final Advisory ADVISORY = advisory("It loses blocks.");

    private final List<String> read = new ArrayList<>();

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

    private static VMRecord record(String name, String version) {
        VMRecord record = new VMRecord();
        record.setMetadata(new ObjectMetaBuilder()
                .withNamespace("guard")
                .withName(name)
                .withResourceVersion(version)
                .build());
        return record;
    }

    private Reached count(Reached before, Advisory advisory, VMRecord... records) {
        read.clear();
        return before.next(advisory, List.of(records), record -> {
            read.add(record.getMetadata().getName());
            return new Reach(true, Integer.parseInt(record.getMetadata().getResourceVersion()));
        });
    }

    @Test
    void atFirstEveryRecordIsRead() {
        Reached reached = count(new Reached(ADVISORY), ADVISORY, record("a", "1"), record("b", "2"));

        assertThat(read).containsExactly("a", "b");
        assertThat(reached.vms()).isEqualTo(2);
        assertThat(reached.suspectPoints()).isEqualTo(3);
    }

    @Test
    void laterOnlyTheRecordsThatHaveChangedAre() {
        Reached first = count(new Reached(ADVISORY), ADVISORY, record("a", "1"), record("b", "2"));

        Reached next = count(first, ADVISORY, record("a", "1"), record("b", "5"), record("c", "3"));

        assertThat(read).containsExactly("b", "c");
        assertThat(next.suspectPoints()).isEqualTo(9);
    }

    @Test
    void aRecordThatIsGoneCountsNoMore() {
        Reached first = count(new Reached(ADVISORY), ADVISORY, record("a", "1"), record("b", "2"));

        Reached next = count(first, ADVISORY, record("a", "1"));

        assertThat(read).isEmpty();
        assertThat(next.vms()).isEqualTo(1);
        assertThat(next.suspectPoints()).isEqualTo(1);
    }

    @Test
    void whatTheAdvisorySaidBeforeCountsForNothingWhenItSaysSomethingElse() {
        Reached first = count(new Reached(ADVISORY), ADVISORY, record("a", "1"));

        count(first, advisory("Reset tracking."), record("a", "1"));

        assertThat(read).containsExactly("a");
    }
}
