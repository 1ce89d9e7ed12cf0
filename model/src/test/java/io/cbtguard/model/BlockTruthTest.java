package io.cbtguard.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.judge.record.ReadMethod;
import io.cbtguard.model.RunData.DiskData;
import io.cbtguard.model.Setup.RevertedMap;
import io.cbtguard.model.Setup.RevertedNumbers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the model takes for true about blocks and tracking maps. */
class BlockTruthTest {
    private static final String SETUP =
            "profile=calm disks=1 untrackable=false trackingAtStart=true snapshotAtStart=false"
                    + " map=%s numbers=%s liveAhead=false enablingNeedsStun=false stunMints=false queryByLiveMap=false"
                    + " buildChangeForgets=%s starTellsEpoch=true uncleanLoses=false upgradesUnseen=false affectedBuilds=false keyed=true createTasksTold=true"
                    + " vanishedPercent=0 latePercent=0 whenAffected=false acceptGaps=false trustUnseen=false fullOnUnknown=false"
                    + " refuseOnInvalid=false singleDisks=false resetAdopted=false chains=1";

    static Stream<Setup> everyAssumptionAboutReverts() {
        return Stream.of(RevertedMap.values())
                .flatMap(map -> Stream.of(RevertedNumbers.values()).map(numbers -> setup(map, numbers, false)));
    }

    private static Setup setup(RevertedMap map, RevertedNumbers numbers, boolean forgets) {
        return Setup.parse(SETUP.formatted(map, numbers, forgets));
    }

    private static World world(Setup setup) {
        World world = new World(setup);
        world.trackingEnabled = true;
        world.disks.forEach(world::followFlags);
        return world;
    }

    private static GuestDisk disk(World world) {
        return world.disks.getFirst();
    }

    private static GuestDisk frozen(GuestSnapshot snapshot) {
        return snapshot.disks().getFirst();
    }

    @ParameterizedTest
    @MethodSource("everyAssumptionAboutReverts")
    void anIncrementalIsFaithfulAsLongAsNothingIsReverted(Setup setup) {
        World world = world(setup);
        BackupClient client = new BackupClient(world);
        DiskData base = BackupClient.all(frozen(world.take("full")), ReadMethod.All);
        world.write(disk(world), 3);
        world.take("by hand");
        world.write(disk(world), 5);

        DiskData incremental = client.changed(frozen(world.take("next")), "full", base.changeId(), base)
                .orElseThrow();

        assertThat(incremental.faithful()).isTrue();
        assertThat(incremental.image()[5]).isNotZero();
    }

    @ParameterizedTest
    @MethodSource("everyAssumptionAboutReverts")
    void anIncrementalAcrossARevertIsWrongAndNoFaultSaysSo(Setup setup) {
        World world = world(setup);
        BackupClient client = new BackupClient(world);
        GuestSnapshot byHand = world.take("by hand");
        world.write(disk(world), 3);
        DiskData base = BackupClient.all(frozen(world.take("full")), ReadMethod.All);
        world.revert(byHand);

        DiskData incremental = client.changed(frozen(world.take("next")), "full", base.changeId(), base)
                .orElseThrow();

        assertThat(incremental.faithful()).isFalse();
    }

    @Test
    void theQueryFaultsAfterTrackingWasSwitchedOffAndOn() {
        World world = world(setup(RevertedMap.RESTORED, RevertedNumbers.FROM_SNAPSHOT, false));
        BackupClient client = new BackupClient(world);
        DiskData base = BackupClient.all(frozen(world.take("full")), ReadMethod.All);
        for (boolean on : List.of(false, true)) {
            world.trackingEnabled = on;
            world.disks.forEach(world::followFlags);
        }

        assertThat(client.changed(frozen(world.take("next")), "full", base.changeId(), base))
                .isEmpty();
    }

    @Test
    void whatStarNamesIsIncompleteInAnEpochThatBeganWithASnapshot() {
        World world = new World(setup(RevertedMap.RESTORED, RevertedNumbers.FROM_SNAPSHOT, false));
        BackupClient client = new BackupClient(world);
        world.take("by hand");
        world.trackingEnabled = true;
        world.disks.forEach(world::followFlags);

        assertThat(client.allocated(frozen(world.take("full"))).orElseThrow().faithful())
                .isFalse();
    }

    @Test
    void aMoveToAnotherBuildMayMakeTheMapForget() {
        World world = world(setup(RevertedMap.RESTORED, RevertedNumbers.FROM_SNAPSHOT, true));
        BackupClient client = new BackupClient(world);
        DiskData base = BackupClient.all(frozen(world.take("full")), ReadMethod.All);
        world.write(disk(world), 3);
        world.buildChanged();

        DiskData incremental = client.changed(frozen(world.take("next")), "full", base.changeId(), base)
                .orElseThrow();

        assertThat(incremental.faithful()).isFalse();
    }

    @Test
    void onAnAffectedBuildTheMapMissesWhatIsWrittenWhileASnapshotIsConsolidated() {
        String affected = setup(RevertedMap.RESTORED, RevertedNumbers.FROM_SNAPSHOT, false)
                .text()
                .replace("affectedBuilds=false", "affectedBuilds=true");
        World world = world(Setup.parse(affected));
        BackupClient client = new BackupClient(world);
        GuestSnapshot first = world.take("full");
        DiskData base = BackupClient.all(frozen(first), ReadMethod.All);
        world.remove(first);

        DiskData incremental = client.changed(frozen(world.take("next")), "full", base.changeId(), base)
                .orElseThrow();

        assertThat(incremental.faithful()).isFalse();
    }
}
