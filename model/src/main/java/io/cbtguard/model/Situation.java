package io.cbtguard.model;

import java.time.Duration;
import java.util.function.Consumer;

/** Where a history stands: the world, what watches it, and what of both is out of order at the moment. */
final class Situation implements Backups.Surroundings {
    final Setup setup;
    final World world;
    final Operations operations;
    final Watch watch;
    final Guard guard;
    boolean down;
    boolean outage;
    boolean historyLost;
    boolean configUnread;
    private boolean disconnected;
    private boolean hadSnapshots;

    Situation(Setup setup, Tally tally) {
        this.setup = setup;
        this.world = new World(setup);
        this.operations = new Operations(world, tally);
        prepare();
        this.watch = new Watch(world);
        this.guard = new Guard(world, watch, tally);
        watch.publish(true, false);
        guard.learnSafely(); // a VM is bound with the first sight of it
        operations.pending(key ->
                guard.record().pending().stream().anyMatch(p -> p.taskKey().equals(key)));
    }

    /** What is so before anybody looks. */
    private void prepare() {
        if (setup.snapshotAtStart()) {
            world.take("before");
        }
        if (setup.trackingAtStart()) {
            world.trackingEnabled = true;
            world.disks.forEach(world::followFlags);
            world.stun();
        }
    }

    /** Time passes, tasks go on, and what is out of order may come right. */
    void begin(int step, Dice dice) {
        world.vcenter.begin(step);
        world.vcenter.pass(Duration.ofSeconds(1 + dice.below(60)));
        world.vcenter.tick();
        if (down && dice.percent(25)) {
            start(dice);
        }
        if (outage && dice.percent(25)) {
            outage = false;
        }
        if (disconnected && dice.percent(25)) {
            reconnect(dice);
        }
        if (watch.sightLost() && dice.percent(25)) {
            watch.sight(false);
        }
    }

    /** Everything comes back, is told and learned. */
    void settle() {
        Dice calm = new Dice(0);
        world.vcenter.endAll();
        reconnect(calm);
        watch.sight(false);
        outage = false;
        start(calm);
        world.vcenter.tellAllNow();
        for (int i = 0; i < 3; i++) {
            learn();
        }
    }

    void learn() {
        publish();
        guard.learnSafely();
    }

    /** Whether the operator could know all that vCenter has recorded. */
    boolean knowable() {
        return !down && !outage && watch.complete() && world.vcenter.silent();
    }

    boolean blind() {
        return down || outage;
    }

    private void start(Dice dice) {
        if (down) {
            down = false;
            watch.restart(dice);
        }
    }

    /** @return false if vCenter does not see the host already, or a task is at work */
    boolean disconnect(Dice dice) {
        if (disconnected || !world.vcenter.tasks().isEmpty()) {
            return false;
        }
        disconnected = true;
        hadSnapshots = !world.snapshots.isEmpty();
        watch.disconnected(true);
        operations.connected(false, dice);
        operations.hide(true);
        return true;
    }

    /** Whether there was a snapshot when vCenter last saw the host. */
    boolean hadSnapshots() {
        return hadSnapshots;
    }

    private void reconnect(Dice dice) {
        if (disconnected) {
            disconnected = false;
            operations.hide(false);
            operations.connected(true, dice);
            watch.disconnected(false);
        }
    }

    void publish() {
        watch.publish(!configUnread, historyLost);
        historyLost = false;
        configUnread = false;
    }

    @Override
    public boolean barrier() {
        if (down || outage) {
            return false;
        }
        publish();
        return true;
    }

    @Override
    public boolean outage() {
        return outage && !down;
    }

    @Override
    public boolean reachable() {
        return !disconnected;
    }

    @Override
    public void takeSnapshot(String name, Dice dice, Consumer<GuestSnapshot> taken) {
        operations.snapshot(name, "backup", dice, taken);
    }

    @Override
    public void removeSnapshot(GuestSnapshot snapshot) {
        operations.remove(snapshot);
    }

    @Override
    public void glance(Dice dice) {
        if (barrier() && dice.percent(80)) {
            guard.learn(dice);
        }
    }
}
