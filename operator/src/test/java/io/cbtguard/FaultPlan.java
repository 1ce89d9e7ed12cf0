package io.cbtguard;

import io.cbtguard.testkit.proxy.Plan;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One fault at one write. A write is addressed by the step of the story, by what it writes to, and by its ordinal among the
 * writes to that in that step: writes to several objects come in no certain order.
 *
 * @param object verb and object, such as {@code PATCH vmbackups/run-1/status}
 * @param ordinal from 1
 */
record FaultPlan(StoryStep step, String object, int ordinal, Plan.Kind kind) {

    /** A plan for each kind of fault at each write, in the order of the story. */
    static List<FaultPlan> of(Map<StoryStep, List<String>> writes) {
        List<FaultPlan> plans = new ArrayList<>();
        new EnumMap<>(writes).forEach((step, objects) -> {
            Map<String, Integer> counts = new LinkedHashMap<>();
            for (String object : objects) {
                int ordinal = counts.merge(object, 1, Integer::sum);
                for (Plan.Kind kind : Plan.Kind.values()) {
                    plans.add(new FaultPlan(step, object, ordinal, kind));
                }
            }
        });
        return plans;
    }

    /**
     * Two plans of each kind of fault, over different steps and kinds of objects: what a test run can afford. Records come
     * first, as everything else is derived from them.
     */
    static List<FaultPlan> sample(List<FaultPlan> all) {
        return List.of(
                first(all, StoryStep.CREATE, "POST vmrecords", Plan.Kind.DROP_ANSWER),
                first(all, StoryStep.FULL, "PUT vmrecords", Plan.Kind.KILL_BEFORE),
                first(all, StoryStep.INCREMENTAL, "PATCH vmbackups", Plan.Kind.KILL_AFTER),
                first(all, StoryStep.REVERT, "PUT vmrecords", Plan.Kind.KILL_AFTER),
                first(all, StoryStep.REFUSAL, "PATCH vmbackups", Plan.Kind.DROP_ANSWER),
                first(all, StoryStep.UPGRADE, "PATCH protectedvms", Plan.Kind.KILL_BEFORE));
    }

    private static FaultPlan first(List<FaultPlan> all, StoryStep step, String object, Plan.Kind kind) {
        return all.stream()
                .filter(plan -> plan.step == step && plan.kind == kind && plan.object.startsWith(object))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the story wrote no " + object + " in " + step));
    }

    @Override
    public String toString() {
        return "%s: %s at %s #%d".formatted(step, kind.name().toLowerCase(java.util.Locale.ROOT), object, ordinal);
    }
}
