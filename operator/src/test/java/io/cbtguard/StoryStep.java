package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.function.Consumer;

/** The story in which the operator is disturbed, in its order. Each step waits for what it expects. */
enum StoryStep {
    CREATE(crowd -> {
        crowd.first().connect();
        crowd.each(GuardedEstate::protect);
        crowd.each(GuardedEstate::awaitBound);
        crowd.awaitForceFull("True", "NoBaseline");
    }),
    FULL(StoryStep::full),
    INCREMENTAL(crowd -> {
        crowd.each(estate -> estate.simulator.vms().as(Names.ALICE).snapshot(estate.vmName, Names.PATCH));
        crowd.backup("Incremental");
    }),
    REVERT(crowd -> {
        crowd.each(estate -> estate.simulator.vms().as(Names.ALICE).revert(estate.vmName, Names.PATCH));
        crowd.awaitForceFull("True", "SnapshotReverted");
    }),
    REFUSAL(crowd ->
            assertThat(crowd.ask("Incremental")).as("phases").map(Estate::phase).containsOnly("Refused")),
    FULL_AGAIN(StoryStep::full),
    UPGRADE(crowd -> {
        crowd.each(estate -> {
            String host = estate.simulator.vms().get(estate.vmName).host();
            estate.simulator.hosts().setBuild(host, "8.0.3", "24414501");
        });
        crowd.awaitForceFull("True", "HostUpgraded");
    });

    private final Consumer<Crowd> happening;

    StoryStep(Consumer<Crowd> happening) {
        this.happening = happening;
    }

    /** Lets it happen; returns when what it leads to has been seen. */
    void play(Crowd crowd) {
        happening.accept(crowd);
    }

    private static void full(Crowd crowd) {
        crowd.backup("Full");
        crowd.awaitForceFull("False", "NotNeeded");
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
