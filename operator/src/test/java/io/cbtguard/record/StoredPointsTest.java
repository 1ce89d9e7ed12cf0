package io.cbtguard.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cbtguard.api.v1alpha1.RecordedChain;
import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Position;
import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Chain;
import io.cbtguard.judge.record.Point;
import io.cbtguard.judge.record.Point.PointDisk;
import io.cbtguard.judge.record.ReadMethod;
import io.cbtguard.judge.record.Series;
import io.cbtguard.judge.record.Trust;
import io.cbtguard.judge.record.VmRecord;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Restore points in short, and whole again. */
class StoredPointsTest {
    private static final List<String> DISKS =
            List.of("6000C29a-1f5e-8a3b-77d0-0c1d2e3f4a5b", "6000C29a-5b4a-3f2e-1d0c-d077b3a85e1f");
    private static final Instant BEGIN = Instant.parse("2026-11-22T01:00:00.123456Z");

    private final RecordMapper mapper = new RecordMapper();

    @Test
    void whatAPointBuildsOnIsStoredOnceWithTheRunThatLeftIt() {
        VmRecord record = record(history(14));

        List<RecordedChain.Point> stored = stored(record);

        assertThat(stored.getLast().mint())
                .isEqualTo("990130@2026-11-22T14:00:00.123456Z..990131@2026-11-22T14:00:00.123456Z");
        assertThat(stored.getLast().through()).isEqualTo("990132@2026-11-22T14:00:00.123456Z");
        assertThat(stored.getLast().at()).isNull();
        assertThat(stored.getLast().reason()).isNull();
        assertThat(stored.getLast().disks()).allSatisfy(disk -> {
            assertThat(disk.parentRun()).isEqualTo("web-01-12");
            assertThat(disk.baseChangeId()).isNull();
            assertThat(disk.baseMint()).isNull();
        });
        assertThat(thereAndBack(record)).isEqualTo(record);
    }

    @Test
    void aBaseThatIsNotWhatTheParentLeftIsStoredAsItIs() {
        List<Point> points = history(3);
        Point last = points.getLast();
        points.set(2, with(last, disk(0, "web-01-1", "52 de ad/9", last.mint(), "52 00/4")));
        points.add(with(last, disk(0, "web-01-1", "52 de ad/9", points.get(1).mint(), "52 00/4")));
        points.add(with(last, disk(0, "web-01-1", "", null, "52 00/4")));
        points.add(with(last, disk(1, "gone", "52 be ef/1", Interval.at(at(3)), "")));
        points.add(with(last, disk(1, "gone", "", null, "")));

        assertThat(thereAndBack(record(points))).isEqualTo(record(points));
    }

    @Test
    void whatWasNeverSeenAndWhatIsNotGoodKeepTheirWords() {
        Point unseen = new Point(
                "late",
                "late-uid",
                BackupType.Unknown,
                BEGIN,
                null,
                Position.ofTime(3, BEGIN),
                List.of(disk(0, "web-01-0", "52 00/1", null, "")),
                Trust.Unknown,
                "SnapshotNotSeen");
        List<Point> points = history(2);
        points.add(unseen);
        points.add(with(points.getFirst(), disk(0, "late", "52 00/1", null, "52 00/2")));

        assertThat(thereAndBack(record(points))).isEqualTo(record(points));
        assertThat(stored(record(points)).get(2).through()).isEqualTo("3:@2026-11-22T01:00:00.123456Z");
    }

    @Test
    void twoWeeksOfBackupsOfTwoDisksTakeLittle() {
        int none = mapper.size(record(List.of()));

        assertThat((mapper.size(record(history(14))) - none) / 14).isLessThan(550);
    }

    @Test
    void aWordThatIsNoPositionMakesTheRecordUnreadable() {
        VMRecord object = mapper.toObject(record(history(1)));
        RecordedChain chain = object.getChains().getFirst();
        RecordedChain.Point point = chain.series().getFirst().points().getFirst();
        object.setMetadata(
                new ObjectMetaBuilder().withName("any").withNamespace("any").build());
        object.setChains(List.of(new RecordedChain(
                chain.namespaceUid(),
                chain.namespace(),
                chain.name(),
                chain.baselines(),
                List.of(new RecordedChain.Series(List.of(new RecordedChain.Point(
                        point.run(),
                        point.runUid(),
                        point.type(),
                        point.at(),
                        point.mint(),
                        "yesterday",
                        point.disks(),
                        point.trust(),
                        point.reason())))),
                chain.folded(),
                chain.demands(),
                chain.tests(),
                chain.lastRun())));

        assertThatThrownBy(() -> mapper.toValue(object))
                .isInstanceOfSatisfying(
                        RecordException.class, e -> assertThat(e.kind()).isEqualTo(RecordException.Kind.UNREADABLE));
    }

    /** A full and incrementals on it, one an hour. */
    private static List<Point> history(int runs) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            String run = "web-01-" + i;
            Interval mint = new Interval(at(10L * i), at(10L * i + 1));
            Point before = i == 0 ? null : points.get(i - 1);
            List<PointDisk> disks = new ArrayList<>();
            for (int d = 0; d < DISKS.size(); d++) {
                String id = "52 05 a2 ce 6d 6d c9 59-d3 2e ad 19 e3 96 07 d" + d + "/" + (i + 1);
                disks.add(
                        before == null
                                ? new PointDisk(DISKS.get(d), ReadMethod.All, "", "", null, id)
                                : disk(d, before.run(), before.disks().get(d).changeId(), before.mint(), id));
            }
            points.add(new Point(
                    run,
                    "0b9b1c5e-95a0-4c64-8c5e-0000000000" + (10 + i),
                    i == 0 ? BackupType.Full : BackupType.Incremental,
                    mint.to().time(),
                    mint,
                    at(10L * i + 2),
                    disks,
                    Trust.Good,
                    "Trusted"));
        }
        return points;
    }

    private static PointDisk disk(int disk, String run, String changeId, @Nullable Interval mint, String own) {
        return new PointDisk(DISKS.get(disk), ReadMethod.Changed, run, changeId, mint, own);
    }

    private static Point with(Point point, PointDisk only) {
        return new Point(
                point.run() + "-again",
                point.runUid(),
                point.type(),
                point.at(),
                point.mint(),
                point.through(),
                List.of(only),
                point.trust(),
                point.reason());
    }

    private static Position at(long key) {
        return new Position(0, 990_000 + key, BEGIN.plusSeconds(key / 10 * 3600));
    }

    private static VmRecord record(List<Point> points) {
        Chain chain = Chain.empty("shop-uid", "shop", "default");
        return Samples.ofThisLayout(Samples.bare(VmRecord.class))
                .withChain(chain.withSeries(List.of(new Series(points)), chain.folded()));
    }

    private List<RecordedChain.Point> stored(VmRecord record) {
        return mapper.toObject(record)
                .getChains()
                .getFirst()
                .series()
                .getFirst()
                .points();
    }

    private VmRecord thereAndBack(VmRecord record) {
        VMRecord object = mapper.toObject(record);
        object.setMetadata(
                new ObjectMetaBuilder().withName("any").withNamespace("any").build());
        return mapper.toValue(object);
    }
}
