package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.api.v1alpha1.VMBackup;
import io.cbtguard.simulator.Simulator;
import io.cbtguard.simulator.SimulatorOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Protected VMs of one simulated vCenter, each on a host of its own, to all of which the same happens. What happens in vCenter does so
 * one after the other, so that its history is the same each time; what the operator makes of it comes as it likes.
 */
final class Crowd implements AutoCloseable {
    private static final int FEWEST_VMS = 3;
    private static final int FEWEST_HOSTS = 4;

    final GuardBed bed;
    final Simulator simulator;
    /** Of all names in the cluster, whose names may go on. */
    final String suffix;

    private final List<GuardedEstate> estates = new ArrayList<>();

    private Crowd(GuardBed bed, String suffix, int size) {
        this.bed = bed;
        this.suffix = suffix;
        simulator = Simulator.start(SimulatorOptions.defaults()
                .withVms(Math.max(FEWEST_VMS, size))
                .withHosts(Math.max(FEWEST_HOSTS, size)));
        for (var vm : simulator.vms().list().subList(0, size)) {
            String own = estates.isEmpty() ? suffix : suffix + "-" + (estates.size() + 1);
            estates.add(new GuardedEstate(bed, simulator, vm.name(), suffix, own));
        }
    }

    /**
     * On a bed that others use before and after; nothing is declared yet.
     *
     * @param suffix of all names in the cluster
     */
    static Crowd on(GuardBed bed, String suffix, int size) {
        return new Crowd(bed, suffix, size);
    }

    GuardedEstate first() {
        return estates.getFirst();
    }

    void each(Consumer<GuardedEstate> happening) {
        estates.forEach(happening);
    }

    /** Waits until each of them is to have a full for this reason, or none. */
    void awaitForceFull(String status, String reason) {
        each(estate -> estate.awaitForceFull(status, reason));
    }

    /** Asks for a backup of each at once; returns what was decided. */
    List<VMBackup> ask(String type) {
        List<String> names =
                estates.stream().map(estate -> estate.request(type)).toList();
        List<VMBackup> decided = new ArrayList<>();
        each(estate -> decided.add(estate.awaitDecided(names.get(decided.size()))));
        return decided;
    }

    /** Backs up all of them at once, which is to be committed as what is expected. */
    void backup(String expected) {
        List<VMBackup> asked = ask("Auto");
        assertThat(asked).as("decisions").map(Estate::decided).containsOnly(expected);
        List<Estate.Taken> taken = new ArrayList<>();
        each(estate -> taken.add(estate.report(asked.get(taken.size()))));
        List<VMBackup> done = new ArrayList<>();
        each(estate -> done.add(estate.finish(asked.get(done.size()), taken.get(done.size()))));
        assertThat(done).as("phases").map(Estate::phase).containsOnly("Committed");
    }

    @Override
    public void close() {
        simulator.close();
    }
}
