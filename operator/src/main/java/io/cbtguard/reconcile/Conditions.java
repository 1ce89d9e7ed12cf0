package io.cbtguard.reconcile;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The conditions of one object, made anew at each pass: the transition time moves only when the status does. */
final class Conditions {
    private static final int MESSAGE = 4096;

    private final List<Condition> before;
    private final long generation;
    private final String now;
    private final List<Condition> made = new ArrayList<>();

    /**
     * @param before the conditions that the object shows now
     * @param generation the generation that the new ones speak of
     */
    Conditions(List<Condition> before, long generation, Instant now) {
        this.before = before;
        this.generation = generation;
        this.now = now.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** @param status True, False or Unknown */
    Conditions set(String type, String status, String reason, String message) {
        String since = find(before, type)
                .filter(old -> old.getStatus().equals(status))
                .map(Condition::getLastTransitionTime)
                .orElse(now);
        made.add(new ConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage(message.length() > MESSAGE ? message.substring(0, MESSAGE) : message)
                .withObservedGeneration(generation)
                .withLastTransitionTime(since)
                .build());
        return this;
    }

    List<Condition> list() {
        return List.copyOf(made);
    }

    static Optional<Condition> find(List<Condition> conditions, String type) {
        return conditions.stream().filter(c -> type.equals(c.getType())).findFirst();
    }

    static boolean isTrue(List<Condition> conditions, String type) {
        return find(conditions, type).filter(c -> "True".equals(c.getStatus())).isPresent();
    }
}
