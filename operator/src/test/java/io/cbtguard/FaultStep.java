package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.function.Consumer;

/** The story whose writes are disturbed, in its order. Each step waits for what it expects. */
enum FaultStep {
    CREATE(estate -> {
        estate.declare();
        estate.awaitForceFull("True", "NoBaseline");
    }),
    FULL(FaultStep::full),
    INCREMENTAL(estate -> {
        estate.simulator.vms().as(Names.ALICE).snapshot(GuardedEstate.VM, Names.PATCH);
        backup(estate, "Incremental");
    }),
    REVERT(estate -> {
        estate.simulator.vms().as(Names.ALICE).revert(GuardedEstate.VM, Names.PATCH);
        estate.awaitForceFull("True", "SnapshotReverted");
    }),
    REFUSAL(estate -> assertThat(GuardedEstate.phase(estate.ask("Incremental")))
            .as("phase")
            .isEqualTo("Refused")),
    FULL_AGAIN(FaultStep::full),
    UPGRADE(estate -> {
        String host = estate.simulator.vms().get(GuardedEstate.VM).host();
        estate.simulator.hosts().setBuild(host, "8.0.3", "24414501");
        estate.awaitForceFull("True", "HostUpgraded");
    });

    private final Consumer<GuardedEstate> happening;

    FaultStep(Consumer<GuardedEstate> happening) {
        this.happening = happening;
    }

    /** Lets it happen; returns when what it leads to has been seen. */
    void play(GuardedEstate estate) {
        happening.accept(estate);
    }

    private static void full(GuardedEstate estate) {
        backup(estate, "Full");
        estate.awaitForceFull("False", "NotNeeded");
    }

    private static void backup(GuardedEstate estate, String expected) {
        var done = estate.backup("Auto");
        assertThat(GuardedEstate.decided(done)).as("decision").isEqualTo(expected);
        assertThat(GuardedEstate.phase(done)).as("phase").isEqualTo("Committed");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static final class Names {
        static final String ALICE = "alice@vsphere.local";
        static final String PATCH = "before-patch";
    }
}
