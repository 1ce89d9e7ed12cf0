package io.cbtguard.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.api.v1alpha1.FullBudget;
import io.cbtguard.inventory.Disk;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.Trackability;
import io.cbtguard.judge.Reason;
import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Binding;
import io.cbtguard.judge.record.Decision;
import io.cbtguard.judge.record.Decision.DecisionDisk;
import io.cbtguard.judge.record.Run;
import io.cbtguard.judge.record.Sighting;
import io.cbtguard.judge.record.VmRecord;
import io.cbtguard.reconcile.Wave.Turn;
import io.cbtguard.reconcile.Wave.Waiting;
import io.cbtguard.record.RecordRef;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Places go to those that wait longest for a trusted point, as far as all three limits allow it, and each goes to one. */
class WaveTest {
    private static final Instant OLD = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant NEW = Instant.parse("2026-11-20T00:00:00Z");
    private static final Position AT = Position.ofTime(0, NEW);

    private final Wave wave = new Wave();
    private FullBudget budget = new FullBudget(2, 2, 2);

    private static Waiting vm(
            String name, @Nullable Instant lastGood, int priority, String host, String... datastores) {
        return new Waiting(
                name,
                new ResourceID(name, "shop"),
                new RecordRef("guard", name),
                "shop/" + name,
                lastGood,
                priority,
                full("disk"),
                new Slot(host, Set.of(datastores)));
    }

    private static Waiting vm(String name, Instant lastGood) {
        return vm(name, lastGood, 0, "host-" + name);
    }

    private static Decision full(String disk) {
        return new Decision(
                BackupType.Full,
                Reason.NoBaseline,
                "",
                "",
                AT,
                NEW,
                List.of(
                        new DecisionDisk(disk, 2000, "", BackupType.Full, "", ""),
                        new DecisionDisk("excluded", 2001, "", BackupType.Excluded, "", "")));
    }

    /** As a record tells of a VM with an open full, or without one. */
    private static Optional<VmRecord> record(String name, String host, String datastore, boolean atWork) {
        VmRecord record = VmRecord.bound(new Binding("lab", "", "", "", "vm-1", ""), AT)
                .withSighting(new Sighting(
                        AT,
                        name,
                        "",
                        host,
                        host,
                        null,
                        "poweredOn",
                        true,
                        List.of(disk("disk", datastore), disk("excluded", "datastore-9")),
                        List.of(),
                        null,
                        null,
                        false,
                        null));
        return Optional.of(
                atWork
                        ? record.withRun(new Run(name, name, "shop-uid", "shop", "default", full("disk"), null))
                        : record);
    }

    private static Disk disk(String id, String datastore) {
        return new Disk(id, "", 2000, "", 1, datastore, null, true, Trackability.TRACKABLE);
    }

    private Turn ask(Waiting who) {
        return wave.ask(who, budget, true);
    }

    private List<String> next() {
        return wave.next(budget).stream().map(Waiting::uid).toList();
    }

    private void ends(String name) {
        wave.seen(new RecordRef("guard", name), () -> record(name, "host-" + name, "", false));
        wave.written(name);
    }

    @Test
    void whatFitsGoesAtOnceAndTheRestIsToldItsPlaceAndWhy() {
        assertThat(ask(vm("a", OLD)).now()).isTrue();
        assertThat(ask(vm("b", OLD)).now()).isTrue();
        assertThat(ask(vm("c", OLD)).message())
                .isEqualTo(
                        "The full backup waits for its turn: 2 full backups of this vCenter run (fullBudget.total: 2)."
                                + " Place 1 of 1 in the queue.");
        assertThat(ask(vm("d", NEW)).message()).contains("Place 2 of 2");
        assertThat(next()).isEmpty();
        assertThat(wave.shown(1)).isEqualTo(new Wave.Shown(2, 2, List.of("shop/c")));
    }

    @Test
    void theOneThatIsLongestWithoutATrustedPointIsFirstThenPriorityThenName() {
        budget = new FullBudget(1, 9, 9);
        ask(vm("running", OLD));
        ask(vm("e", NEW, 5, "h"));
        ask(vm("d", OLD, 0, "h"));
        ask(vm("c", OLD, 0, "h"));
        ask(vm("b", OLD, 7, "h"));
        ask(vm("never", null, 0, "h"));

        assertThat(wave.shown(10).next()).containsExactly("shop/never", "shop/b", "shop/c", "shop/d", "shop/e");
    }

    @Test
    void whoWaitsShorterGetsNoPlaceThatOthersWaitFor() {
        ask(vm("a", OLD));
        ask(vm("b", OLD));
        ask(vm("c", OLD));
        ends("a");

        assertThat(ask(vm("d", NEW)).message()).contains("others wait longer", "Place 2 of 2");
        assertThat(next()).containsExactly("c");
        assertThat(ask(vm("c", OLD)).now()).isTrue();
    }

    @Test
    void oneWhoseHostIsBusyIsPassedOver() {
        budget = new FullBudget(9, 1, 9);
        ask(vm("a", OLD, 0, "host-1"));

        assertThat(ask(vm("b", OLD, 0, "host-1")).message())
                .contains("1 run on its host host-1 (fullBudget.perHost: 1)");
        assertThat(ask(vm("c", NEW, 0, "host-2")).now()).isTrue();
        assertThat(ask(vm("unknown", NEW, 0, "")).now()).isTrue();
        assertThat(ask(vm("unknown-2", NEW, 0, "")).now()).isTrue();
    }

    @Test
    void aVmWithDisksOnSeveralDatastoresNeedsRoomOnEach() {
        budget = new FullBudget(9, 9, 1);
        assertThat(ask(vm("a", OLD, 0, "host-1", "datastore-1", "datastore-2")).now())
                .isTrue();

        assertThat(ask(vm("b", OLD, 0, "host-1", "datastore-2", "datastore-3")).message())
                .contains("1 run on its datastore datastore-2 (fullBudget.perDatastore: 1)");
        assertThat(ask(vm("c", OLD, 0, "host-1", "datastore-3")).now()).isTrue();
    }

    @Test
    void nothingIsGivenTwiceWhileADecisionIsBeingWrittenAndAfterwards() {
        budget = new FullBudget(1, 9, 9);
        assertThat(ask(vm("a", OLD)).now()).isTrue();
        assertThat(ask(vm("a", OLD)).now()).as("asked again after a conflict").isTrue();
        assertThat(ask(vm("b", OLD)).now()).isFalse();

        wave.seen(new RecordRef("guard", "a"), () -> record("a", "host-1", "datastore-1", true));
        wave.written("a");
        assertThat(ask(vm("b", OLD)).now()).isFalse();
        assertThat(wave.shown(1).running()).isEqualTo(1);

        assertThat(wave.seen(new RecordRef("guard", "a"), () -> record("a", "host-1", "datastore-1", false)))
                .as("it gave a place back")
                .isTrue();
        assertThat(ask(vm("b", OLD)).now()).isTrue();
    }

    @Test
    void aPlaceWhoseDecisionWasNotWrittenIsFree() {
        budget = new FullBudget(1, 9, 9);
        ask(vm("a", OLD));
        wave.written("a");

        assertThat(ask(vm("b", OLD)).now()).isTrue();
    }

    @Test
    void whatRunsCountsWhereItsVmIsAndWhereTheDisksAreThatItReads() {
        budget = new FullBudget(9, 1, 1);
        wave.seen(new RecordRef("guard", "a"), () -> record("a", "host-1", "datastore-1", true));

        assertThat(ask(vm("b", OLD, 0, "host-1")).now()).isFalse();
        assertThat(ask(vm("c", OLD, 0, "host-2", "datastore-1")).now()).isFalse();
        assertThat(ask(vm("d", OLD, 0, "host-3", "datastore-9")).now())
                .as("only an excluded disk is there")
                .isTrue();

        wave.seen(new RecordRef("guard", "a"), () -> record("a", "host-4", "datastore-4", true));
        assertThat(next()).containsExactly("b", "c");
    }

    @Test
    void oneThatMovesWhileItWaitsIsJudgedByWhereItIs() {
        budget = new FullBudget(9, 1, 9);
        ask(vm("a", OLD, 0, "host-1"));
        ask(vm("b", OLD, 0, "host-1"));

        wave.seen(new RecordRef("guard", "b"), () -> record("b", "host-2", "datastore-1", false));

        assertThat(next()).containsExactly("b");
    }

    @Test
    void whoLeavesMakesRoomForThoseBehind() {
        budget = new FullBudget(1, 9, 9);
        ask(vm("a", OLD));
        ask(vm("b", OLD));
        ask(vm("c", NEW));
        ends("a");
        assertThat(next()).containsExactly("b");

        wave.leave("b");

        assertThat(next()).containsExactly("c");
        assertThat(wave.stand("b", budget, true)).isNull();
    }

    @Test
    void nobodyGoesBeforeThoseThatWaitedBeforeARestartAreHeard() {
        Turn turn = wave.ask(vm("a", NEW), budget, false);

        assertThat(turn.now()).isFalse();
        assertThat(turn.message()).contains(Waves.BEGINNING);
        assertThat(ask(vm("a", NEW)).now()).isTrue();
    }
}
