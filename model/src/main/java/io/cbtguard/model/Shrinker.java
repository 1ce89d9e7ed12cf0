package io.cbtguard.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Drops steps from a failing history as long as it still fails in the same way. */
final class Shrinker {
    private final Predicate<Plan> fails;

    Shrinker(Predicate<Plan> fails) {
        this.fails = fails;
    }

    static Shrinker of(Failure.Kind kind, Mix mix) {
        return new Shrinker(plan -> {
            Failure failure = Player.play(plan, mix, new Tally());
            return failure != null && failure.kind() == kind;
        });
    }

    Plan shrink(Plan failing) {
        Plan smallest = failing;
        for (boolean again = true; again; ) {
            int before = smallest.steps().size();
            for (int chunk = Math.max(1, before / 2); chunk >= 1; chunk /= 2) {
                smallest = without(smallest, chunk);
            }
            again = smallest.steps().size() < before;
        }
        return smallest;
    }

    private Plan without(Plan plan, int chunk) {
        Plan smallest = plan;
        for (int from = 0; from < smallest.steps().size(); ) {
            List<Step> steps = smallest.steps();
            List<Step> fewer = new ArrayList<>(steps.subList(0, from));
            fewer.addAll(steps.subList(Math.min(steps.size(), from + chunk), steps.size()));
            Plan candidate = smallest.with(fewer);
            if (fails.test(candidate)) {
                smallest = candidate;
            } else {
                from += chunk;
            }
        }
        return smallest;
    }
}
