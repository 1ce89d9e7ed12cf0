package io.cbtguard.simulator.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** The rules in force; the first that strikes a call decides. */
public final class FaultRules {
    private final Random random;
    private final List<FaultRule> rules = new ArrayList<>();

    public FaultRules(long seed) {
        random = new Random(seed);
    }

    public synchronized void add(FaultRule rule) {
        if (rule.kind() == FaultRule.Kind.SOAP_FAULT) {
            rule.toFault();
        }
        rules.add(rule);
    }

    public synchronized void clear() {
        rules.clear();
    }

    public synchronized List<FaultRule> all() {
        return List.copyOf(rules);
    }

    /** Draws for one call. */
    public synchronized Optional<FaultRule> strike(String method) {
        for (int i = 0; i < rules.size(); i++) {
            FaultRule rule = rules.get(i);
            if (rule.concerns(method) && random.nextDouble() < rule.probability()) {
                if (rule.remaining() == 1) {
                    rules.remove(i);
                } else if (rule.remaining() > 0) {
                    rules.set(i, rule.times(rule.remaining() - 1));
                }
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }
}
