package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.simulator.SimulatorOptions;
import io.cbtguard.simulator.host.HostView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random histories with nothing left out: people and tools in the simulator, SOAP, the whole operator, a real API server. No
 * restore point that it calls Good may differ from the disk. {@code slow.histories} and {@code slow.seed} choose more of them.
 */
@Tag("cluster")
@Tag("simulator")
class SlowSoundnessIT {
    private static final int HISTORIES = Integer.getInteger("slow.histories", 6);
    private static final int ROUNDS = 40;
    private static final int AT_ONCE = 3;
    private static final List<String> POLICIES = List.of(
            "{full: {maxAge: 0s, maxIncrementals: 0}}",
            "{full: {maxAge: 0s, maxIncrementals: 0}, scope: Disk}",
            "{full: {maxAge: 0s, maxIncrementals: 0}, rules: {eventGap: Accept, unseenSnapshot: TrustReport}}");

    private final long seed = Long.getLong("slow.seed", 1);
    private final Random random = new Random(seed);

    @Test
    void noRestorePointThatIsCalledGoodDiffersFromTheDisk() throws Exception {
        try (BulletinEstate estate = new BulletinEstate(
                SimulatorOptions.defaults().withVms(0).withHosts(4).withTaskDuration(Duration.ZERO))) {
            List<RandomVm> vms = vms(estate);
            for (int round = 0; round < ROUNDS; round++) {
                boolean unseen = random.nextInt(100) < 15;
                if (unseen) {
                    estate.bed.stopOperator();
                }
                each(vms, vm -> vm.step(!unseen));
                if (unseen) {
                    if (random.nextInt(100) < 20) {
                        estate.simulator.expireHistory(null);
                    }
                    estate.bed.startOperator();
                }
            }
            each(vms, vm -> estate.ask(vm.name(), vm.name() + "-at-the-end")); // what happened last is known behind it

            Map<String, Integer> points = new TreeMap<>();
            vms.forEach(vm -> vm.points().forEach((what, count) -> points.merge(what, count, Integer::sum)));
            System.out.printf(
                    "slow mode: %d histories of %d steps from seed %d, %d runs, restore points %s%n",
                    vms.size(),
                    ROUNDS,
                    seed,
                    vms.stream().mapToInt(RandomVm::runs).sum(),
                    points);
            assertThat(vms.stream().flatMap(vm -> vm.unsound().stream())).isEmpty();
        }
    }

    private List<RandomVm> vms(BulletinEstate estate) throws Exception {
        List<String> hosts =
                estate.simulator.hosts().list().stream().map(HostView::name).toList();
        estate.simulator.hosts().setBuild(hosts.getLast(), "8.0.3", "24414501");
        for (int i = 0; i < POLICIES.size(); i++) {
            estate.bed.policy("policy-" + i, POLICIES.get(i));
        }
        List<RandomVm> vms = new ArrayList<>();
        for (int i = 0; i < HISTORIES; i++) {
            String name = "vm-" + i;
            estate.simulator.vms().create(name, 4L << 30, 4L << 30);
            vms.add(new RandomVm(estate, name, hosts, seed * 1_000_003 + i));
        }
        each(vms, vm -> estate.protect(vm.name(), "policy-" + vms.indexOf(vm) % POLICIES.size()));
        return vms;
    }

    private interface Deed {
        void on(RandomVm vm);
    }

    private static void each(List<RandomVm> vms, Deed deed) throws Exception {
        try (var pool = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Callable<Boolean>> deeds = vms.stream()
                    .<Callable<Boolean>>map(vm -> () -> {
                        deed.on(vm);
                        return true;
                    })
                    .toList();
            for (Future<Boolean> done : pool.invokeAll(deeds)) {
                done.get();
            }
        }
    }
}
