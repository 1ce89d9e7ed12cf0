package io.cbtguard.model;

import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.judge.Protection;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** What each kind of step does to the situation that it meets. */
final class Steps {
    private final Situation now;
    private final World world;
    private final Operations operations;
    private final Watch watch;
    private final Guard guard;
    private final Backups backups;
    private int people;

    Steps(Situation situation, Backups backups) {
        this.now = situation;
        this.world = situation.world;
        this.operations = situation.operations;
        this.watch = situation.watch;
        this.guard = situation.guard;
        this.backups = backups;
    }

    /** @return whether there was anything to do it to */
    boolean take(StepKind kind, Dice dice) {
        return switch (kind.group) {
            case WORK -> work(kind, dice);
            case CAUSE, BUILD -> cause(kind, dice);
            case SIGHT -> sight(kind, dice);
            case OPERATOR -> operator(kind, dice);
            case WISH -> wish(kind, dice);
        };
    }

    private boolean work(StepKind kind, Dice dice) {
        switch (kind) {
            case WRITE ->
                with(dice, world.disks, disk -> {
                    world.write(disk, dice.below(GuestDisk.MOST_BLOCKS));
                    world.write(disk, dice.below(GuestDisk.MOST_BLOCKS));
                });
            case PERSON_SNAPSHOT -> {
                if (world.snapshots.size() >= 6) {
                    return false;
                }
                operations.snapshot("by hand " + ++people, "somebody", dice, taken -> {});
            }
            case PERSON_REMOVE -> {
                return with(dice, world.snapshots, operations::remove);
            }
            case MIGRATE -> {
                return now.reachable() && with(dice, peers(true), host -> operations.migrate(host, dice));
            }
            case POWER_CYCLE -> world.stun();
            case GROW -> {
                return world.snapshots.isEmpty()
                        && with(
                                dice,
                                world.disks.stream()
                                        .filter(d -> d.blocks() < GuestDisk.MOST_BLOCKS)
                                        .toList(),
                                operations::grow);
            }
            case CONFIG_UNREAD -> now.configUnread = true;
            case BACKUP -> backups.step(dice);
            default -> world.vcenter.pass(Duration.ofHours(1 + dice.below(30)));
        }
        return true;
    }

    private List<String> peers(boolean same) {
        return world.hosts.values().stream()
                .filter(h -> !h.moRef().equals(world.host) && h.connected())
                .filter(h -> world.build().equals(h.build()) == same)
                .map(h -> h.moRef())
                .toList();
    }

    private boolean cause(StepKind kind, Dice dice) {
        return switch (kind) {
            case REVERT ->
                mayRevert() && with(dice, world.snapshots, s -> operations.revert(s, "vm.Snapshot.revert", dice));
            case REVERT_TO_CURRENT ->
                mayRevert()
                        && world.snapshot(world.current)
                                .map(s -> {
                                    operations.revert(s, "VirtualMachine.revertToCurrentSnapshot", dice);
                                    return true;
                                })
                                .orElse(false);
            case TRACKING_OFF -> switchTracking(world.trackingEnabled, false, dice);
            case TRACKING_ON -> switchTracking(!world.trackingEnabled && !snapshotUnseen(), true, dice);
            case TRACKING_RESET ->
                switchTracking(world.trackingEnabled && !snapshotUnseen(), false, dice)
                        && switchTracking(true, true, dice);
            case DISK_TRACKING ->
                !snapshotUnseen()
                        && with(dice, tracked(), disk -> operations.diskTracking(disk, !disk.ctkEnabled, dice));
            case DISK_ADD -> {
                boolean room = world.disks.size() < 4 && now.reachable();
                if (room) {
                    operations.addDisk(dice);
                }
                yield room;
            }
            case DISK_REMOVE ->
                now.reachable()
                        && world.disks.size() > 1
                        && with(dice, tracked(), disk -> operations.removeDisk(disk, dice));
            case DISK_REPLACE -> now.reachable() && with(dice, tracked(), disk -> operations.replaceDisk(disk, dice));
            case DISK_REATTACH ->
                now.reachable() && with(dice, world.detached, d -> operations.reattach(d, dice.percent(50), dice));
            case HOST_UPGRADE -> {
                if (!now.setup.upgradesUnseen() && moveUnseen()) {
                    yield false;
                }
                operations.upgrade(dice.of(List.copyOf(world.hosts.keySet())), dice.percent(20));
                yield true;
            }
            case MIGRATE_TO_OTHER_BUILD ->
                now.reachable() && with(dice, peers(false), host -> operations.migrate(host, dice));
            case THERE_AND_BACK -> {
                String home = world.host;
                yield now.reachable()
                        && with(dice, peers(false), host -> {
                            operations.migrate(host, dice);
                            world.write(dice.of(world.disks), dice.below(GuestDisk.MOST_BLOCKS));
                            operations.migrate(home, dice);
                        });
            }
            default -> untold(dice);
        };
    }

    /** A revert by a path that leaves no word in history; only the tree shows it (unless it is the current snapshot). */
    private boolean untold(Dice dice) {
        int newest = world.snapshots.stream().mapToInt(GuestSnapshot::id).max().orElse(0);
        List<GuestSnapshot> older = world.snapshots.stream()
                .filter(s -> s.id() < newest && !s.moRef().equals(world.current))
                .toList();
        boolean seen = now.reachable() && !watch.sightLost() && !now.configUnread;
        if (!seen || older.isEmpty() || !now.barrier()) {
            return false;
        }
        guard.learnSafely();
        operations.revertUntold(dice.of(older));
        now.learn();
        return true;
    }

    /** On a host that vCenter cannot see, a revert leaves a doubt only if there was a snapshot when sight was lost. */
    private boolean mayRevert() {
        return now.reachable() || now.hadSnapshots();
    }

    /** The VM was on a host, and nobody has learned it yet. */
    private boolean moveUnseen() {
        return now.blind()
                || watch.sightLost()
                || world.vcenter.entries().stream()
                        .anyMatch(e -> e.occurrence.kind() == OccurrenceKind.MOVED && !e.acknowledged);
    }

    /** A snapshot that nothing will ever tell of if it goes before the next look. */
    private boolean snapshotUnseen() {
        return !now.setup.createTasksTold()
                && world.snapshots.stream()
                        .anyMatch(
                                s -> now.guard.record().seenSnapshot(s.moRef()).isEmpty());
    }

    private boolean switchTracking(boolean sensible, boolean on, Dice dice) {
        if (sensible) {
            operations.tracking(on, dice);
        }
        return sensible;
    }

    private List<GuestDisk> tracked() {
        return world.disks.stream().filter(d -> !d.independent).toList();
    }

    private boolean sight(StepKind kind, Dice dice) {
        switch (kind) {
            case DISCONNECT -> {
                return now.disconnect(dice);
            }
            case LOSE_SIGHT -> watch.sight(true);
            case HISTORY_LOST -> {
                if (!now.blind()) {
                    return false;
                }
                watch.forgetHistory(dice.of(30, 70, 100));
                now.historyLost = true;
            }
            case REVERT_AND_LOSS -> {
                if (!now.blind() || !now.reachable() || world.snapshots.isEmpty()) {
                    return false;
                }
                operations.revert(dice.of(world.snapshots), "vm.Snapshot.revert", dice);
                watch.forgetHistory(100);
                now.historyLost = true;
            }
            case VCENTER_RESTORED -> {
                watch.forgetHistory(100);
                now.historyLost = true;
                world.vcenter.restored(dice.percent(30));
            }
            case OUTAGE -> now.outage = true;
            default -> {
                if (now.blind()) {
                    return false;
                }
                guard.putBack(dice);
            }
        }
        return true;
    }

    private boolean operator(StepKind kind, Dice dice) {
        if (kind == StepKind.LOOK) {
            now.glance(dice);
        } else {
            now.down = true;
        }
        return true;
    }

    private boolean wish(StepKind kind, Dice dice) {
        switch (kind) {
            case POLICY_SWITCHED -> {
                boolean lenient = now.setup.lenient() && dice.percent(50);
                guard.policy(Guard.protection(
                        now.setup, guard.protection().exclude(), lenient, lenient && dice.percent(50)));
            }
            case DISK_EXCLUDED -> {
                Protection present = guard.protection();
                List<String> exclude =
                        present.exclude().isEmpty() ? List.of("Hard disk " + (1 + dice.below(3))) : List.of();
                guard.policy(Guard.protection(
                        now.setup,
                        exclude,
                        present.rules().acceptGaps(),
                        present.rules().trustUnseenSnapshot()));
            }
            case FULL_REQUESTED -> {
                if (!now.barrier()) {
                    return false;
                }
                guard.requestFull("token-" + world.vcenter.step());
            }
            default -> backups.delete(dice);
        }
        return true;
    }

    private static <T> boolean with(Dice dice, List<T> choices, Consumer<T> action) {
        if (choices.isEmpty()) {
            return false;
        }
        action.accept(dice.of(List.copyOf(choices)));
        return true;
    }
}
