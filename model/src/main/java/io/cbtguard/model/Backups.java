package io.cbtguard.model;

import io.cbtguard.judge.Judge.Decided;
import io.cbtguard.judge.Report;
import io.cbtguard.judge.Request;
import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Decision;
import io.cbtguard.judge.record.Decision.DecisionDisk;
import io.cbtguard.judge.record.Outcome;
import io.cbtguard.judge.record.Phase;
import io.cbtguard.model.Job.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The tools: one run at a time per chain, each going through its stages while other things happen. */
final class Backups {
    final Map<String, RunData> repository = new HashMap<>();
    private final World world;
    private final Surroundings around;
    private final Guard guard;
    private final Mix mix;
    private final Tally tally;
    private final Reading reading;
    private final Reporting reporting;
    private final Shadows shadows;
    private final Waste waste;
    private final Consumer<Failure> failed;
    private final Map<Integer, Job> open = new HashMap<>();
    private final Map<Integer, List<RunData>> own = new HashMap<>();
    private final Set<String> committed = new HashSet<>();
    private int number;

    /** What the tools need of the world around them. */
    interface Surroundings {
        /** A view newer than the call; false while vCenter cannot be reached or the operator is down. */
        boolean barrier();

        /** Whether vCenter is out of the operator's reach while the operator runs. */
        boolean outage();

        /** Whether tools can work on the VM: vCenter sees its host. */
        boolean reachable();

        void takeSnapshot(String name, Dice dice, Consumer<GuestSnapshot> taken);

        void removeSnapshot(GuestSnapshot snapshot);

        /** The operator may look now. */
        void glance(Dice dice);
    }

    Backups(
            World world,
            Watch watch,
            Guard guard,
            Mix mix,
            Tally tally,
            Surroundings around,
            Consumer<Failure> failed) {
        BackupClient client = new BackupClient(world);
        this.world = world;
        this.around = around;
        this.guard = guard;
        this.mix = mix;
        this.tally = tally;
        this.failed = failed;
        this.reading = new Reading(client, repository, committed);
        this.reporting = new Reporting(world, watch);
        this.shadows = new Shadows(client);
        this.waste = new Waste(world.setup, tally);
    }

    /** Moves a chain's run on by one stage or to its end, or begins one. */
    void step(Dice dice) {
        int chain = dice.below(world.setup.chains());
        Job job = open.get(chain);
        if (job == null) {
            job = begin(chain, dice);
            open.put(chain, job);
        }
        boolean through = dice.percent(60);
        Stage before;
        do {
            before = job.stage;
            advance(job, dice);
        } while (through && job.stage != before && job.stage != Stage.DONE);
        if (job.stage == Stage.DONE) {
            open.remove(chain);
        }
    }

    private Job begin(int chain, Dice dice) {
        Habit habit = mix.habit(world.setup.profile(), dice);
        if (habit == Habit.HOOK && world.setup.quiet() && !around.barrier()) {
            habit = Habit.OBEDIENT;
        }
        tally.count("tool " + habit);
        Request.Type type = dice.percent(88) ? Request.Type.Auto : dice.of(Request.Type.Full, Request.Type.Incremental);
        return new Job(++number, chain, habit, type);
    }

    private void advance(Job job, Dice dice) {
        switch (job.stage) {
            case ASK -> ask(job, dice);
            case SNAPSHOT -> snapshot(job, dice);
            case READ -> read(job, dice);
            case REMOVE -> remove(job, dice);
            case REPORT -> report(job, dice);
            case DONE -> {}
        }
    }

    private void ask(Job job, Dice dice) {
        boolean fresh = around.barrier();
        if (!fresh && !(around.outage() && job.tries >= 2)) {
            job.tries++;
            return;
        }
        Decided decided = guard.decide(job.request(job.tries >= 2 && !world.setup.quiet()), fresh, dice);
        Decision decision = decided.decision();
        if (decision == null) {
            job.tries++;
            tally.count("waiting " + decided.waiting());
            return;
        }
        job.decision = decision;
        tally.count("decision " + decision.type() + " " + decision.reason());
        check(job, decision, fresh);
        if (decision.type() == BackupType.Refused) {
            guard.forget(job.uid);
            job.stage = Stage.DONE;
        } else {
            job.stage = Stage.SNAPSHOT;
        }
    }

    private void check(Job job, Decision decision, boolean fresh) {
        boolean asked = job.type == Request.Type.Full;
        boolean had = own(job.chain).stream().anyMatch(run -> committed.contains(run.run()));
        if (world.setup.quiet() && had && !asked && fresh && decision.type() != BackupType.Incremental) {
            failed.accept(new Failure(
                    Failure.Kind.WASTE, world.vcenter.step(), decision.reason() + ": " + decision.message()));
        }
        if (decision.type() != BackupType.Incremental) {
            return;
        }
        if (!fresh) {
            failed.accept(new Failure(
                    Failure.Kind.UNSOUND_DECISION, world.vcenter.step(), "an incremental while vCenter is away"));
        }
        for (DecisionDisk disk : decision.disks()) {
            RunData base = repository.get(disk.baseRun());
            for (Cause cause : world.causes) {
                Entry told = cause.told();
                if (base != null && told != null && told.acknowledged && !told.lost && cause.moment() > base.moment()) {
                    failed.accept(new Failure(
                            Failure.Kind.UNSOUND_DECISION,
                            world.vcenter.step(),
                            job.name + " may build on " + base.run() + " though a revert was told of since"));
                }
            }
        }
    }

    private void snapshot(Job job, Dice dice) {
        if (!around.reachable()) {
            return;
        }
        if (!job.snapshotAsked) {
            job.snapshotAsked = true;
            if (dice.percent(80)) {
                around.glance(dice);
            }
            around.takeSnapshot("backup-" + job.name, dice, taken -> {
                job.snapshot = taken;
                job.stage = Stage.READ;
            });
            if (dice.percent(90)) {
                around.glance(dice);
            }
        }
    }

    private void read(Job job, Dice dice) {
        GuestSnapshot snapshot = job.snapshot;
        if (!around.reachable() || snapshot == null) {
            return;
        }
        if (world.snapshot(snapshot.moRef()).isEmpty()) {
            job.report = Reporting.failed(job);
            job.stage = Stage.REPORT;
            return;
        }
        if (dice.percent(70)) {
            around.glance(dice);
        }
        List<RunData> mine = own(job.chain);
        RunData data = reading.read(job, snapshot, mine, dice);
        waste.count(job, shadows.read(job.chain, snapshot, job.type == Request.Type.Full, job.habit != Habit.FAILS));
        job.data = data;
        mine.add(data);
        repository.put(job.name, data);
        job.report = reporting.of(job, data, dice);
        job.stage = Stage.REMOVE;
    }

    private void remove(Job job, Dice dice) {
        if (!around.reachable()) {
            return;
        }
        if (world.setup.quiet()) {
            around.glance(dice);
        }
        GuestSnapshot snapshot = job.snapshot;
        if (snapshot != null && dice.percent(88)) {
            world.snapshot(snapshot.moRef()).ifPresent(around::removeSnapshot);
        }
        job.stage = Stage.REPORT;
    }

    private void report(Job job, Dice dice) {
        if (job.habit == Habit.SILENT) {
            job.stage = Stage.DONE;
            return;
        }
        if (job.habit == Habit.LATE && job.tries >= 0) {
            world.vcenter.pass(Duration.ofHours(25));
            job.tries = -1;
        }
        Report report = job.report;
        if (report == null || !around.barrier() || revertInFlight()) {
            return;
        }
        Outcome outcome = guard.commit(job.request(true), report, dice);
        tally.count("outcome " + outcome.phase() + " " + outcome.reason());
        if (outcome.phase() == Phase.Committed) {
            committed.add(job.name);
        }
        if (dice.percent(80)) {
            guard.forget(job.uid);
        }
        job.stage = Stage.DONE;
    }

    /** A barrier that sees a possible cause in flight is not one. */
    private boolean revertInFlight() {
        return world.vcenter.tasks().stream().anyMatch(task -> task.shown().revert());
    }

    /** Somebody deletes the VMBackup of an open run; the tool may report all the same. */
    void delete(Dice dice) {
        Job job = open.get(dice.below(world.setup.chains()));
        if (job != null && job.stage != Stage.ASK && around.barrier()) {
            guard.cancel(job.uid);
            if (dice.percent(50)) {
                open.remove(job.chain);
            }
        }
    }

    private List<RunData> own(int chain) {
        return own.computeIfAbsent(chain, none -> new ArrayList<>());
    }
}
