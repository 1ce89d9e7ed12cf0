package io.cbtguard;

import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.RecordedChain.Point;
import io.cbtguard.api.v1alpha1.VMBackup;
import io.cbtguard.api.v1alpha1.VMBackupStatus.DecidedDisk;
import io.cbtguard.api.v1alpha1.VMBackupStatus.Decision;
import io.cbtguard.api.v1alpha1.VMBackupStatus.DecisionType;
import io.cbtguard.simulator.Simulator;
import io.cbtguard.simulator.block.DiskState;
import io.cbtguard.simulator.core.FaultException;
import io.cbtguard.simulator.task.TaskFailedException;
import io.cbtguard.simulator.vm.VmView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * One VM of the simulator to which things happen at random, with a tool that takes the backups that the operator allows, keeps the
 * blocks that it copied, and remembers what was really on the disks.
 */
final class RandomVm {
    private static final int BLOCKS = 16;
    private static final int MOST_DISKS = 3;
    private static final long DISK = 4L << 30;

    private final BulletinEstate estate;
    private final Simulator simulator;
    private final String vm;
    private final List<String> hosts;
    private final Random random;
    private final List<String> log = new ArrayList<>();
    private final List<String> kept = new ArrayList<>();
    private final Map<String, Copy> copies = new HashMap<>();
    /** The newest run of the tool that read a disk, by the disk's UUID. */
    private final Map<String, Base> newest = new HashMap<>();

    private int runs;

    /**
     * What a run left of each disk, and what was on it, by the disk's UUID; each block by its bytes.
     */
    private record Copy(Map<String, List<String>> image, Map<String, List<String>> truth) {}

    private record Base(String run, String changeId) {}

    RandomVm(BulletinEstate estate, String vm, List<String> hosts, long seed) {
        this.estate = estate;
        this.simulator = estate.simulator;
        this.vm = vm;
        this.hosts = hosts;
        this.random = new Random(seed);
    }

    /** @param guarded whether the operator runs, so that a tool can ask it */
    void step(boolean guarded) {
        if (guarded && random.nextInt(100) < 35) {
            backUp();
        } else {
            happen();
        }
    }

    private void happen() {
        try {
            switch (random.nextInt(24)) {
                case 0, 1, 2 -> {
                    String name = "kept-" + kept.size();
                    kept.add(simulator.vms().snapshot(vm, name));
                    log("snapshot " + kept.getLast());
                }
                case 3, 4 -> remove();
                case 5, 6 -> revert();
                case 7 -> {
                    simulator.vms().revertToCurrent(vm);
                    log("reverted to the current snapshot");
                }
                case 8, 9 -> {
                    String host = hosts.get(random.nextInt(hosts.size()));
                    simulator.vms().migrate(vm, host);
                    log("migrated to " + host);
                }
                case 10 -> simulator.vms().stun(vm);
                case 11 -> {
                    boolean on = random.nextBoolean();
                    simulator.vms().setChangeTracking(vm, on);
                    log("tracking " + (on ? "on" : "off"));
                }
                case 12 -> {
                    simulator.vms().setChangeTracking(vm, true);
                    simulator.vms().resetChangeTracking(vm);
                    log("tracking reset");
                }
                case 13 -> changeDisks();
                default -> write();
            }
        } catch (TaskFailedException | FaultException refused) {
            log("vCenter refused: " + refused.getMessage());
        }
    }

    private void write() {
        List<VmView.Disk> disks = simulator.vms().get(vm).disks();
        VmView.Disk disk = disks.get(random.nextInt(disks.size()));
        int block = random.nextInt(BLOCKS);
        simulator.vms().write(vm, disk.key(), block * DiskState.BLOCK, DiskState.BLOCK);
        log("wrote block " + block + " of disk " + disk.key());
    }

    private void remove() {
        if (!kept.isEmpty()) {
            String snapshot = kept.remove(random.nextInt(kept.size()));
            simulator.vms().removeSnapshot(vm, snapshot);
            log("removed " + snapshot);
        }
    }

    private void revert() {
        if (!kept.isEmpty()) {
            String snapshot = kept.get(random.nextInt(kept.size()));
            simulator.vms().revert(vm, snapshot);
            log("reverted to " + snapshot);
        }
    }

    private void changeDisks() {
        List<VmView.Disk> disks = simulator.vms().get(vm).disks();
        if (disks.size() < MOST_DISKS) {
            log("added disk " + simulator.vms().addDisk(vm, DISK));
        } else {
            simulator.vms().removeDisk(vm, disks.getLast().key());
            log("removed disk " + disks.getLast().key());
        }
    }

    private void meanwhile() {
        if (random.nextInt(100) < 25) {
            happen();
        }
    }

    private void backUp() {
        String run = vm + "-" + ++runs;
        Decision decision = estate.ask(vm, run);
        log("run " + run + " is told " + decision.type() + " " + decision.reason());
        if (decision.type() == DecisionType.Refused) {
            return;
        }
        boolean disobeys = random.nextInt(100) < 8;
        meanwhile();
        String snapshot;
        try {
            snapshot = simulator.vms().as("backup@vsphere.local").snapshot(vm, run);
        } catch (TaskFailedException refused) {
            estate.bed.report(run, "{decisionToken: " + decision.token() + ", outcome: Failed}");
            return;
        }
        log("run " + run + " took " + snapshot);
        meanwhile();
        List<VmView.Disk> disks = simulator.vms().get(vm).snapshot(run).disks();
        Copy copy = new Copy(new HashMap<>(), new HashMap<>());
        List<String> read = new ArrayList<>();
        for (VmView.Disk disk : disks) {
            Base base = disobeys ? newest.get(disk.uuid()) : decided(decision, disk);
            read.add(read(snapshot, disk, base, copy));
        }
        copies.put(run, copy);
        disks.forEach(disk -> {
            if (disk.changeId() != null) {
                newest.put(disk.uuid(), new Base(run, disk.changeId()));
            }
        });
        meanwhile();
        estate.bed.report(run, """
                decisionToken: %s
                outcome: Succeeded
                snapshot: {moRef: %s}
                disks: [%s]
                """.formatted(decision.token(), snapshot, String.join(", ", read)));
        VMBackup done = estate.awaitBackup(run, ConditionTypes.COMPLETE);
        log("run " + run + " ended " + done.getStatus().phase() + ", "
                + done.getStatus().trust() + (disobeys ? ", and did as it liked" : ""));
        if (random.nextInt(100) < 90) {
            simulator.vms().removeSnapshot(vm, snapshot);
        } else {
            kept.add(snapshot);
        }
    }

    private static @Nullable Base decided(Decision decision, VmView.Disk disk) {
        DecidedDisk told = decision.disks().stream()
                .filter(d -> Objects.equals(d.key(), (long) disk.key()))
                .findFirst()
                .orElse(null);
        return told == null || told.changeId() == null
                ? null
                : new Base(Objects.requireNonNull(told.baseRun()), told.changeId());
    }

    /** Copies a disk of the snapshot, all of it or what vCenter says has changed; returns what to report of it. */
    private String read(String snapshot, VmView.Disk disk, @Nullable Base base, Copy copy) {
        List<String> truth = content(snapshot, disk.key());
        copy.truth().put(disk.uuid(), truth);
        String id = disk.changeId() == null ? "" : ", changeId: '" + disk.changeId() + "'";
        Copy before = base == null ? null : copies.get(base.run());
        List<String> image = before == null ? null : before.image().get(disk.uuid());
        if (base == null || image == null) {
            copy.image().put(disk.uuid(), truth);
            return "{key: " + disk.key() + id + ", read: All}";
        }
        try {
            List<String> patched = new ArrayList<>(image);
            simulator.vms().changedAreas(vm, snapshot, disk.key(), base.changeId()).getChangedArea().stream()
                    .flatMapToLong(area -> LongStream.range(
                            area.getStart() / DiskState.BLOCK, (area.getStart() + area.getLength()) / DiskState.BLOCK))
                    .filter(block -> block < BLOCKS)
                    .forEach(block -> patched.set((int) block, truth.get((int) block)));
            copy.image().put(disk.uuid(), patched);
            return "{key: %d%s, read: Changed, baseRun: %s, baseChangeId: '%s'}"
                    .formatted(disk.key(), id, base.run(), base.changeId());
        } catch (FaultException refused) {
            copy.image().put(disk.uuid(), truth);
            return "{key: " + disk.key() + id + ", read: All}";
        }
    }

    private List<String> content(String snapshot, int key) {
        List<String> blocks = new ArrayList<>();
        for (long block = 0; block < BLOCKS; block++) {
            blocks.add(new String(
                    simulator.vms().read(vm, snapshot, key, block * DiskState.BLOCK, 16), StandardCharsets.ISO_8859_1));
        }
        return blocks;
    }

    /** Points of the record, by trust and whether a restore would bring back what was on the disk. */
    Map<String, Integer> points() {
        return estate.bed.record(vm).getChains().stream()
                .flatMap(chain -> chain.series().stream())
                .flatMap(series -> series.points().stream())
                .filter(point -> copies.containsKey(point.run()))
                .collect(Collectors.toMap(
                        point -> point.trust() + (isFaithful(point) ? "" : ", not as the disk"),
                        point -> 1,
                        Integer::sum,
                        TreeMap::new));
    }

    /** What went before, if a Good point differs from the disk. */
    List<String> unsound() {
        List<String> wrong = estate.bed.record(vm).getChains().stream()
                .flatMap(chain -> chain.series().stream())
                .flatMap(series -> series.points().stream())
                .filter(point -> "Good".equals(point.trust()) && copies.containsKey(point.run()) && !isFaithful(point))
                .map(Point::run)
                .toList();
        return wrong.isEmpty()
                ? List.of()
                : List.of(wrong + " are called Good and are not:\n" + String.join("\n", log));
    }

    private boolean isFaithful(Point point) {
        Copy copy = Objects.requireNonNull(copies.get(point.run()));
        return copy.image().equals(copy.truth());
    }

    int runs() {
        return runs;
    }

    String name() {
        return vm;
    }

    private void log(String what) {
        log.add(what);
    }
}
