package io.cbtguard.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plays one history step by step, and after each compares what the record calls Good with the truth. */
final class Player {
    private final Plan plan;
    private final Tally tally;
    private final Situation now;
    private final Steps steps;
    private final Checker checker;
    private final List<Failure> failures = new ArrayList<>();

    private Player(Plan plan, Mix mix, Tally tally) {
        this.plan = plan;
        this.tally = tally;
        this.now = new Situation(plan.setup(), tally);
        Backups backups = new Backups(now.world, now.watch, now.guard, mix, tally, now, failures::add);
        this.steps = new Steps(now, backups);
        this.checker = new Checker(backups.repository);
    }

    /** @return the first thing that must not be; null if all is well */
    static @Nullable Failure play(Plan plan, Mix mix, Tally tally) {
        Player player = new Player(plan, mix, tally);
        try {
            player.play();
        } catch (RuntimeException e) {
            StackTraceElement at = e.getStackTrace().length == 0 ? null : e.getStackTrace()[0];
            player.fail(Failure.Kind.THROWN, e + " at " + at);
        }
        return player.failures.isEmpty() ? null : player.failures.getFirst();
    }

    private void play() {
        int number = 0;
        for (Step step : plan.steps()) {
            Dice dice = new Dice(step.dice());
            now.begin(++number, dice);
            if (steps.take(step.kind(), dice)) {
                tally.count("step " + step.kind());
            }
            if (dice.percent(60)) {
                now.glance(dice);
            }
            compare(dice);
            if (!failures.isEmpty()) {
                return;
            }
        }
        now.settle();
        compareAll();
        checker.count(now.guard.record(), now.setup.policy(), tally);
    }

    private void compare(Dice dice) {
        boolean knowable = now.knowable();
        if (knowable && now.guard.upToDate()) {
            compareAll();
        }
        if (knowable && dice.percent(5)) {
            // the first may end a run, and the second forget what only that run still needed
            now.guard.learnSafely();
            now.guard.learnSafely();
            if (!now.guard.settled()) {
                fail(Failure.Kind.NOT_SETTLED, "learned again, the same changes the record");
            }
        }
    }

    private void compareAll() {
        checker.wrong(now.guard.record()).ifPresent(what -> fail(Failure.Kind.UNSOUND_POINT, what));
    }

    private void fail(Failure.Kind kind, String what) {
        failures.add(new Failure(kind, now.world.vcenter.step(), what));
    }
}
