package io.cbtguard.model;

import io.cbtguard.model.Setup.RevertedMap;
import io.cbtguard.model.Setup.RevertedNumbers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** How histories are mixed, read from {@code mix.properties}: how often each step, assumption and tool behaviour occurs. */
final class Mix {
    private final Properties properties;
    private final List<String> profiles = new ArrayList<>();
    private final Map<String, Wheel<StepKind>> steps = new HashMap<>();
    private final Map<String, Wheel<Habit>> habits = new HashMap<>();
    private final Wheel<String> shares;

    private Mix(Properties properties) {
        this.properties = properties;
        Map<String, Integer> shareOf = new HashMap<>();
        for (String profile : text("profiles").split(",")) {
            profiles.add(profile);
            shareOf.put(profile, number("profile." + profile + ".share"));
            Map<StepKind, Integer> weights = new EnumMap<>(StepKind.class);
            for (StepKind kind : StepKind.values()) {
                weights.put(kind, number("step." + kind) * number("profile." + profile + "." + kind.group));
            }
            steps.put(profile, new Wheel<>(weights));
            Map<Habit, Integer> lies = new EnumMap<>(Habit.class);
            for (Habit habit : Habit.values()) {
                int factor = habit.honest ? 100 : number("profile." + profile + ".LIES");
                lies.put(habit, number("tool." + habit) * factor);
            }
            habits.put(profile, new Wheel<>(lies));
        }
        this.shares = new Wheel<>(shareOf, profiles);
    }

    static Mix read() {
        try (InputStream in = Mix.class.getResourceAsStream("mix.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return new Mix(properties);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The history of a seed. */
    Plan plan(long seed, int length) {
        Dice dice = new Dice(seed);
        return plan(dice, shares.spin(dice), length);
    }

    /** The history of a seed in one profile. */
    Plan plan(String profile, long seed, int length) {
        return plan(new Dice(seed), profile, length);
    }

    private Plan plan(Dice dice, String profile, int length) {
        Wheel<StepKind> wheel = wheel(steps, profile);
        List<Step> drawn = new ArrayList<>();
        Setup setup = setup(profile, dice);
        for (int i = 0; i < length; i++) {
            drawn.add(new Step(wheel.spin(dice), dice.seed()));
        }
        return new Plan(setup, drawn);
    }

    Habit habit(String profile, Dice dice) {
        return wheel(habits, profile).spin(dice);
    }

    private Setup setup(String profile, Dice dice) {
        boolean lenient = dice.percent(number("policy.lenient"));
        boolean quiet = profile.equals("quiet");
        boolean whenAffected = number("profile." + profile + ".whenAffected") > 0;
        return new Setup(
                profile,
                1 + dice.below(number("setup.disks")),
                drawn("setup.untrackable", dice),
                quiet || drawn("setup.trackingAtStart", dice),
                drawn("setup.snapshotAtStart", dice),
                drawn("assume.mapRestored", dice) ? RevertedMap.RESTORED : RevertedMap.KEPT,
                drawn("assume.numbersFromSnapshot", dice)
                        ? RevertedNumbers.FROM_SNAPSHOT
                        : RevertedNumbers.FROM_HIGHEST,
                drawn("assume.liveAhead", dice),
                drawn("assume.enablingNeedsStun", dice),
                drawn("assume.stunMints", dice),
                drawn("assume.queryByLiveMap", dice),
                drawn("assume.buildChangeForgets", dice) && !whenAffected,
                drawn("assume.starTellsEpoch", dice),
                drawn("assume.uncleanLoses", dice),
                drawn("limit.upgradesUnseen", dice),
                drawn("profile." + profile + ".affectedBuilds", dice),
                drawn("watch.keyed", dice),
                drawn("watch.createTasksTold", dice),
                number("watch.vanished"),
                drawn("watch.late", dice) ? number("watch.latePercent") : 0,
                whenAffected,
                lenient && drawn("policy.acceptGaps", dice),
                lenient && drawn("policy.trustUnseen", dice),
                drawn("policy.fullOnUnknown", dice),
                !quiet && drawn("policy.refuseOnInvalid", dice),
                drawn("policy.singleDisks", dice),
                !quiet && !profile.startsWith("honest") && drawn("policy.resetAdopted", dice),
                1 + dice.below(2));
    }

    private boolean drawn(String key, Dice dice) {
        return dice.percent(number(key));
    }

    private static <T> Wheel<T> wheel(Map<String, Wheel<T>> wheels, String profile) {
        Wheel<T> wheel = wheels.get(profile);
        if (wheel == null) {
            throw new IllegalArgumentException("no profile " + profile);
        }
        return wheel;
    }

    private int number(String key) {
        return Integer.parseInt(text(key));
    }

    private String text(String key) {
        String value = properties.getProperty(key);
        if (value == null) {
            throw new IllegalStateException("mix.properties has no " + key);
        }
        return value.strip();
    }

    /** Draws by weight. */
    private static final class Wheel<T> {
        private final List<T> choices;
        private final int[] upTo;

        Wheel(Map<T, Integer> weights) {
            this(weights, List.copyOf(weights.keySet()));
        }

        Wheel(Map<T, Integer> weights, List<T> order) {
            choices = order;
            upTo = new int[order.size()];
            int sum = 0;
            for (int i = 0; i < upTo.length; i++) {
                sum += weights.getOrDefault(order.get(i), 0);
                upTo[i] = sum;
            }
        }

        T spin(Dice dice) {
            int at = dice.below(upTo[upTo.length - 1]);
            int i = 0;
            while (upTo[i] <= at) {
                i++;
            }
            return choices.get(i);
        }
    }
}
