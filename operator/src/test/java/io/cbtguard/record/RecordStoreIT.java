package io.cbtguard.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Position;
import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Binding;
import io.cbtguard.judge.record.Chain;
import io.cbtguard.judge.record.Folded;
import io.cbtguard.judge.record.Point;
import io.cbtguard.judge.record.Series;
import io.cbtguard.judge.record.Trust;
import io.cbtguard.judge.record.VmRecord;
import io.cbtguard.record.RecordStore.Change;
import io.cbtguard.testkit.cluster.Clusters;
import io.cbtguard.testkit.process.Checkout;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Writing records on a real API server, by two stores that know nothing of each other. */
@Tag("cluster")
class RecordStoreIT {
    private static final KubernetesClient CLIENT = Clusters.shared().adminClient();
    private static final String NAMESPACE =
            "records-" + UUID.randomUUID().toString().substring(0, 8);
    private static final Claim CLAIM = new Claim("shop", "web", "uid-1");

    private final RecordStore store = new RecordStore(CLIENT, ref -> Optional.empty(), () -> true, Clock.systemUTC());
    private final RecordStore other = new RecordStore(CLIENT, ref -> Optional.empty(), () -> true, Clock.systemUTC());
    private RecordRef ref = new RecordRef("", "");

    @BeforeAll
    static void install() throws IOException {
        var crd = Files.readString(Checkout.root().resolve("crds/generated/vmrecords.cbtguard.io-v1.yml"));
        CLIENT.resource(crd)
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager("record-tests")
                        .withForce(true)
                        .build());
        CLIENT.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> CLIENT.resources(VMRecord.class)
                .inNamespace(NAMESPACE)
                .list()
                .getItems()
                .isEmpty());
    }

    @AfterAll
    static void remove() {
        CLIENT.namespaces().withName(NAMESPACE).delete();
        CLIENT.close();
    }

    @BeforeEach
    void aRecord() {
        ref = new RecordRef(NAMESPACE, "r-" + UUID.randomUUID());
        store.create(ref, value(), CLAIM);
    }

    private static VmRecord value() {
        return VmRecord.bound(
                new Binding("lab", "vc-object", "vc", "vm", "vm-1", ""),
                new Position(0, 1, Instant.parse("2026-11-23T10:11:12.123456Z")));
    }

    private static UnaryOperator<VmRecord> through(long key) {
        return record ->
                record.through(new Position(0, key, record.evidenceThrough().time()));
    }

    private static StoredRecord update(RecordStore store, RecordRef ref, UnaryOperator<VmRecord> change) {
        return store.update(ref, record -> new Change<>(change.apply(record), true))
                .record();
    }

    @Test
    void nothing_is_written_by_what_may_not_be_all_that_is_there() {
        VMRecord before = live();
        AtomicBoolean whole = new AtomicBoolean(true);
        RecordStore ending = new RecordStore(CLIENT, r -> Optional.of(live()), whole::get, Clock.systemUTC());
        assertThatThrownBy(() -> update(ending, ref, record -> {
                    whole.set(false); // while it is judged
                    return through(2).apply(record);
                }))
                .isInstanceOf(RecordException.class);
        assertThat(live().getEvidenceThrough()).isEqualTo(before.getEvidenceThrough());
    }

    private VMRecord live() {
        return CLIENT.resources(VMRecord.class)
                .inNamespace(ref.namespace())
                .withName(ref.name())
                .get();
    }

    private void replace(VMRecord object) {
        CLIENT.resources(VMRecord.class)
                .inNamespace(ref.namespace())
                .resource(object)
                .update();
    }

    @Test
    void aNewRecordIsOursAndKnowsItsUidAtOnce() {
        StoredRecord created = store.get(ref).orElseThrow();
        assertThat(created.own()).isTrue();
        assertThat(created.claim()).isEqualTo(CLAIM);
        assertThat(created.value().binding().recordUid()).isEqualTo(created.uid());

        StoredRecord updated = update(store, ref, through(2));

        assertThat(updated.own()).isTrue();
        assertThat(updated.value().binding().recordUid()).isEqualTo(updated.uid());
        assertThat(updated.generation()).isEqualTo(3);
        assertThat(live().getGeneration()).isEqualTo(3);
    }

    @Test
    void creatingWhatIsThereReturnsWhatIsThere() {
        update(store, ref, through(7));

        StoredRecord found = other.create(ref, value(), new Claim("a", "b", "c"));

        assertThat(found.value().evidenceThrough().key()).isEqualTo(7);
        assertThat(found.claim()).isEqualTo(CLAIM);
    }

    @Test
    void nothingIsWrittenWhenNothingChanges() {
        String before = live().getMetadata().getResourceVersion();

        var changed = store.update(ref, record -> new Change<>(record.through(record.evidenceThrough()), "said"));

        assertThat(changed.written()).isFalse();
        assertThat(changed.result()).isEqualTo("said");
        assertThat(live().getMetadata().getResourceVersion()).isEqualTo(before);
    }

    @Test
    void whatWasJudgedFromAnOlderVersionIsThrownAwayAndJudgedAgain() {
        store.get(ref);
        update(other, ref, through(5)); // store does not know of it
        AtomicInteger judged = new AtomicInteger();

        StoredRecord written = update(store, ref, record -> {
            judged.incrementAndGet();
            return record.through(new Position(
                    0,
                    record.evidenceThrough().key() + 1,
                    record.evidenceThrough().time()));
        });

        assertThat(judged).hasValue(2);
        assertThat(written.value().evidenceThrough().key()).isEqualTo(6);
        assertThat(written.own()).isTrue();
    }

    @Test
    void aRecordPutBackFromAnOlderCopyIsForeignUntilItIsTakenBack() {
        update(store, ref, through(2));
        VMRecord copy = live();
        update(store, ref, through(3));
        copy.getMetadata().setResourceVersion(null);
        replace(copy);
        RecordStore restarted = new RecordStore(CLIENT, r -> Optional.of(live()), () -> true, Clock.systemUTC());

        assertThat(restarted.get(ref).orElseThrow().own()).isFalse();
        assertThatThrownBy(() -> update(restarted, ref, through(9)))
                .isInstanceOfSatisfying(
                        RecordException.class, e -> assertThat(e.kind()).isEqualTo(RecordException.Kind.FOREIGN));

        var back = restarted.takeBack(ref, record -> new Change<>(record, true));

        assertThat(back.written()).isTrue();
        assertThat(back.record().own()).isTrue();
        assertThat(back.record().value().evidenceThrough().key()).isEqualTo(2);
    }

    /** A store that starts after the record was deleted and somebody created it again from a copy. */
    private RecordStore createdAnew(Consumer<VMRecord> edit) {
        VMRecord copy = live();
        CLIENT.resource(copy).delete();
        copy.getMetadata().setResourceVersion(null);
        copy.getMetadata().setUid(null);
        edit.accept(copy);
        CLIENT.resource(copy).create();
        return new RecordStore(CLIENT, r -> Optional.of(live()), () -> true, Clock.systemUTC());
    }

    @Test
    void aRecordDeletedAndCreatedAnewFromACopyIsForeign() {
        update(store, ref, through(2));
        RecordStore restarted = createdAnew(copy -> {});

        assertThat(restarted.get(ref).orElseThrow().own()).isFalse();
    }

    @Test
    void aRecordCreatedAnewFromACopyIsForeignAlsoIfItsNumberOfWritesFits() {
        RecordStore restarted = createdAnew(copy -> copy.setGeneration(1));

        assertThat(live().getMetadata().getGeneration()).isEqualTo(live().getGeneration());
        assertThat(restarted.get(ref).orElseThrow().own()).isFalse();
    }

    @Test
    void aRecordNeverWrittenSinceItsCreationIsForeignWhenItIsCreatedAnewFromACopy() {
        RecordStore restarted = createdAnew(copy -> {});

        assertThat(restarted.get(ref).orElseThrow().own()).isFalse();
    }

    @Test
    void aRecordWithoutAnyUidIsForeignHoweverNewItIs() {
        RecordStore restarted = createdAnew(copy -> {
            copy.setGeneration(1);
            var binding = java.util.Objects.requireNonNull(copy.getBinding());
            copy.setBinding(new io.cbtguard.api.v1alpha1.RecordedBinding(
                    binding.vcenter(),
                    binding.vcenterUid(),
                    binding.vcenterUuid(),
                    binding.vmUuid(),
                    binding.moRef(),
                    ""));
        });

        assertThat(restarted.get(ref).orElseThrow().own()).isFalse();
        assertThat(restarted
                        .takeBack(ref, record -> new Change<>(record, true))
                        .record()
                        .own())
                .isTrue();
    }

    @Test
    void whatIsOursIsNotTakenBackAgain() {
        assertThatThrownBy(() -> store.takeBack(ref, record -> new Change<>(record, true)))
                .isInstanceOfSatisfying(
                        RecordException.class, e -> assertThat(e.kind()).isEqualTo(RecordException.Kind.FOREIGN));
    }

    @Test
    void anEditByHandIsForeign() {
        update(store, ref, through(2));
        VMRecord edited = live();
        edited.setFindings(java.util.List.of());
        var through = java.util.Objects.requireNonNull(edited.getEvidenceThrough());
        edited.setEvidenceThrough(new io.cbtguard.api.v1alpha1.RecordedPosition(0, 99L, through.time()));
        replace(edited);

        assertThatThrownBy(() -> update(store, ref, through(3)))
                .isInstanceOfSatisfying(
                        RecordException.class, e -> assertThat(e.kind()).isEqualTo(RecordException.Kind.FOREIGN));
    }

    @Test
    void aRecordOfANewerOperatorIsNotWritten() {
        VMRecord newer = live();
        newer.setSchema(VmRecord.SCHEMA + 1);
        newer.setGeneration(3);
        replace(newer);
        RecordStore restarted = new RecordStore(CLIENT, r -> Optional.of(live()), () -> true, Clock.systemUTC());

        assertThatThrownBy(() -> update(restarted, ref, through(3)))
                .isInstanceOfSatisfying(
                        RecordException.class, e -> assertThat(e.kind()).isEqualTo(RecordException.Kind.TOO_NEW));
        assertThat(live().getSchema()).isEqualTo(VmRecord.SCHEMA + 1);
    }

    @Test
    void whatIsGoneIsGoneAndNotMadeAnew() {
        CLIENT.resource(live()).delete();

        assertThatThrownBy(() -> update(store, ref, through(3)))
                .isInstanceOfSatisfying(
                        RecordException.class, e -> assertThat(e.kind()).isEqualTo(RecordException.Kind.GONE));
        assertThat(live()).isNull();
    }

    @Test
    void aRecordThatIsFreedRemembersSinceWhen() {
        StoredRecord freed = store.claim(ref, claim -> null);

        assertThat(freed.claim()).isNull();
        assertThat(freed.unclaimedSince()).isNotNull();
        assertThat(freed.own()).isTrue();
        assertThat(store.claim(ref, claim -> CLAIM).unclaimedSince()).isNull();
    }

    @Test
    void aRecordThatGrowsTooLargeFoldsItsFinishedSeries() {
        List<Series> series = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            series.add(series(i, 20));
        }
        Chain chain = Chain.empty("ns-uid", "shop", "default").withSeries(series, Folded.NONE);

        StoredRecord written = update(store, ref, record -> record.withChain(chain));

        Chain kept = written.value().chains().getFirst();
        assertThat(Serialization.asJson(live()).length()).isLessThan(RecordObjects.LIMIT + 8192);
        assertThat(kept.series().getLast()).isEqualTo(series.getLast());
        assertThat(kept.folded().points()).isPositive();
        assertThat(kept.points().size() + kept.folded().points()).isEqualTo(800);
    }

    private static Series series(int number, int length) {
        return new Series(IntStream.range(0, length)
                .mapToObj(i -> point("run-" + number + "-" + i, number * 100 + i))
                .toList());
    }

    private static Point point(String run, int minute) {
        Position at =
                new Position(0, minute, Instant.parse("2026-11-23T10:11:12Z").plusSeconds(60L * minute));
        return new Point(
                run, run + "-uid", BackupType.Full, at.time(), Interval.at(at), at, List.of(), Trust.Good, "Trusted");
    }

    @Test
    void onlyTheVersionThatWasSeenIsDeleted() {
        StoredRecord old = store.get(ref).orElseThrow();
        update(store, ref, through(2));

        assertThat(store.delete(old)).isFalse();
        assertThat(store.delete(store.get(ref).orElseThrow())).isTrue();
        assertThat(live()).isNull();
    }
}
