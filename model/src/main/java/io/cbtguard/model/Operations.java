package io.cbtguard.model;

import io.cbtguard.inventory.EsxBuild;
import io.cbtguard.inventory.Host;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.TaskInFlight;
import io.cbtguard.model.Vcenter.Fault;
import io.cbtguard.simulator.block.DiskState;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What people, tools and hosts do to the VM, and what vCenter's history says of it. While vCenter cannot see the host, the same
 * is done on the host itself and history says nothing.
 */
final class Operations {
    private final World world;
    private final Vcenter vcenter;
    private final Tally tally;
    private Predicate<String> pending = taskKey -> false;
    private int moved;

    /** vCenter cannot see the host. */
    private boolean hidden;

    Operations(World world, Tally tally) {
        this.world = world;
        this.vcenter = world.vcenter;
        this.tally = tally;
    }

    /** @param stored whether the record holds that a task is in flight: then vCenter may forget it without a word */
    void pending(Predicate<String> stored) {
        pending = stored;
    }

    void hide(boolean now) {
        hidden = now;
    }

    /** @param taken called when the snapshot is there */
    void snapshot(String name, String user, Dice dice, Consumer<GuestSnapshot> taken) {
        if (hidden) {
            taken.accept(world.take(name));
            return;
        }
        Made made = new Made();
        vcenter.queue(
                "VirtualMachine.createSnapshot",
                false,
                user,
                dice,
                () -> {
                    vcenter.pass(Duration.ofMillis(5));
                    made.snapshot = world.take(name);
                    vcenter.pass(Duration.ofMillis(5));
                    taken.accept(made.snapshot);
                },
                task -> {
                    if (world.setup.createTasksTold() && made.snapshot != null) {
                        vcenter.pass(Duration.ofMillis(5));
                        Interval at = new Interval(task.shown().queued(), vcenter.moment());
                        vcenter.tell(
                                Vcenter.outcome(
                                        OccurrenceKind.SNAPSHOT_CREATED,
                                        at,
                                        vcenter.head(),
                                        0,
                                        task.shown(),
                                        made.snapshot.moRef(),
                                        Fault.NONE),
                                dice);
                    }
                });
    }

    private static final class Made {
        @Nullable GuestSnapshot snapshot;
    }

    void remove(GuestSnapshot snapshot) {
        world.remove(snapshot);
        if (!hidden) {
            vcenter.event();
        }
    }

    /** A revert of either kind; it may fail before it begins or half-way, and history tells of it in one of three ways. */
    void revert(GuestSnapshot to, String task, Dice dice) {
        if (hidden) {
            world.revert(to);
            world.causes.add(new Cause(world.moment(), null));
            tally.count("revert, hidden");
            return;
        }
        Revert how =
                dice.percent(85) ? Revert.DONE : dice.of(Revert.NEVER_BEGAN, Revert.FAILED, Revert.FAILED_HALF_WAY);
        long[] done = new long[1];
        vcenter.queue(
                task,
                true,
                "somebody",
                dice,
                () -> {
                    vcenter.pass(Duration.ofMillis(5));
                    GuestSnapshot target = world.snapshot(to.moRef()).orElse(null);
                    if (target != null && (how == Revert.DONE || how == Revert.FAILED_HALF_WAY)) {
                        world.revert(target);
                        done[0] = world.moment();
                    }
                    vcenter.pass(Duration.ofMillis(5));
                },
                open -> {
                    if (done[0] > 0
                            && pending.test(open.shown().key())
                            && dice.percent(world.setup.vanishedPercent())) {
                        tally.count("revert, vanished");
                        world.causes.add(new Cause(done[0], null));
                        return;
                    }
                    Entry told = tellReverted(open.shown(), done[0] > 0 ? how : never(how), to, dice);
                    if (done[0] > 0) {
                        world.causes.add(new Cause(done[0], told));
                    }
                });
    }

    void revertUntold(GuestSnapshot to) {
        world.revert(to);
        world.causes.add(new Cause(world.moment(), null));
    }

    /** The snapshot was gone when the task began: it fails as if it had never begun. */
    private static Revert never(Revert how) {
        return how == Revert.DONE || how == Revert.FAILED_HALF_WAY ? Revert.NEVER_BEGAN : how;
    }

    private enum Revert {
        DONE,
        NEVER_BEGAN,
        FAILED,
        FAILED_HALF_WAY
    }

    private Entry tellReverted(TaskInFlight task, Revert how, GuestSnapshot to, Dice dice) {
        vcenter.pass(Duration.ofMillis(5));
        tally.count("revert, " + how);
        if (how != Revert.DONE) {
            Fault fault = how == Revert.NEVER_BEGAN
                    ? dice.of(new Fault("InvalidPowerState", true), new Fault("RuntimeFault", false))
                    : new Fault("GenericVmConfigFault", true);
            Interval at = new Interval(task.queued(), vcenter.moment());
            return vcenter.tell(
                    Vcenter.outcome(OccurrenceKind.REVERT_FAILED, at, vcenter.head(), 0, task, to.moRef(), fault),
                    dice);
        }
        Position end = vcenter.event();
        String by = dice.of("event and task", "task only", "event only");
        tally.count("revert told by " + by);
        return vcenter.tell(
                switch (by) {
                    case "event and task" ->
                        Vcenter.outcome(
                                OccurrenceKind.REVERTED,
                                new Interval(task.queued(), end),
                                end,
                                end.hasKey() ? end.key() : 1,
                                task,
                                to.moRef(),
                                Fault.NONE);
                    case "task only" ->
                        Vcenter.outcome(
                                OccurrenceKind.REVERTED,
                                new Interval(task.queued(), vcenter.moment()),
                                vcenter.head(),
                                0,
                                task,
                                to.moRef(),
                                Fault.NONE);
                    default -> Vcenter.occurrence(OccurrenceKind.REVERTED, Interval.at(end), end, null);
                },
                dice);
    }

    void tracking(boolean on, Dice dice) {
        world.next();
        world.trackingEnabled = on;
        world.disks.forEach(world::followFlags);
        reconfigured(dice);
    }

    void diskTracking(GuestDisk disk, boolean on, Dice dice) {
        world.next();
        disk.ctkEnabled = on;
        world.followFlags(disk);
        reconfigured(dice);
    }

    void addDisk(Dice dice) {
        int key = world.disks.stream().mapToInt(d -> d.key).max().orElse(1999) + 1;
        world.write(world.addDisk(key, false), dice.below(8));
        reconfigured(dice);
    }

    void removeDisk(GuestDisk disk, Dice dice) {
        world.next();
        world.disks.remove(disk);
        world.detached.add(disk);
        reconfigured(dice);
    }

    void replaceDisk(GuestDisk disk, Dice dice) {
        world.next();
        world.disks.remove(disk);
        world.detached.add(disk);
        world.write(world.addDisk(disk.key, false), dice.below(8));
        reconfigured(dice);
    }

    /** A disk comes back; if another VM wrote to it, its change tracking file is of no use any more. */
    void reattach(GuestDisk disk, boolean writtenElsewhere, Dice dice) {
        world.next();
        world.detached.remove(disk);
        world.disks.add(disk);
        if (writtenElsewhere) {
            disk.state.stopTracking();
            world.write(disk, dice.below(8));
            world.restart(disk);
        }
        world.followFlags(disk);
        reconfigured(dice);
    }

    void grow(GuestDisk disk) {
        world.next();
        disk.state.growTo(disk.state.capacity() + DiskState.BLOCK);
        vcenter.event();
    }

    void migrate(String host, Dice dice) {
        EsxBuild before = world.build();
        world.host = host;
        if (!world.build().equals(before)) {
            world.buildChanged();
            tally.count("moved to another build");
        }
        world.stun();
        if (!hidden) {
            world.tellMoved(dice);
        }
    }

    /** The host gets a build of its own; where the VM is on it, the VM runs on another build from now on. */
    void upgrade(String host, boolean back) {
        Host old = world.hosts.get(host);
        if (old == null || old.build() == null) {
            return;
        }
        EsxBuild build = back ? world.builds.older() : world.builds.above(old.build(), 1 + moved++);
        if (build.equals(old.build())) {
            return;
        }
        world.hosts.put(host, new Host(host, old.name(), build, old.connected()));
        vcenter.event();
        if (host.equals(world.host)) {
            world.buildChanged();
            world.stun();
        }
    }

    void connected(boolean now, Dice dice) {
        Host host = world.hosts.get(world.host);
        if (host == null) {
            return;
        }
        world.hosts.put(host.moRef(), new Host(host.moRef(), host.name(), host.build(), now));
        Position at = vcenter.event();
        OccurrenceKind kind = now ? OccurrenceKind.HOST_CONNECTED : OccurrenceKind.HOST_DISCONNECTED;
        vcenter.tell(Vcenter.occurrence(kind, Interval.at(at), at, host.moRef()), dice);
    }

    private void reconfigured(Dice dice) {
        if (!hidden) {
            Position at = vcenter.event();
            vcenter.tell(Vcenter.occurrence(OccurrenceKind.RECONFIGURED, Interval.at(at), at, null), dice);
        }
    }
}
