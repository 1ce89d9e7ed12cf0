package io.cbtguard.model;

import java.util.List;
import java.util.SplittableRandom;

/** Choices made from one number, so that a step that is played again chooses again the same. */
final class Dice {
    private final SplittableRandom random;

    Dice(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** From 0 to below the bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean percent(int chance) {
        return random.nextInt(100) < chance;
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    @SafeVarargs
    final <T> T of(T first, T... others) {
        int index = random.nextInt(others.length + 1);
        return index == 0 ? first : others[index - 1];
    }

    /** A number short enough to be written into a history. */
    int seed() {
        return random.nextInt() & Integer.MAX_VALUE;
    }
}
