package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.FullBudget;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How much of a budget of fulls is taken, in all, by host and by datastore; more may be taken to see what would still fit. */
final class Occupied {
    private final FullBudget budget;
    private final Map<String, Integer> hosts = new HashMap<>();
    private final Map<String, Integer> datastores = new HashMap<>();
    private int total;

    Occupied(FullBudget budget, Collection<Slot> taken) {
        this.budget = budget;
        taken.forEach(this::take);
    }

    void take(Slot slot) {
        total++;
        if (!slot.host().isEmpty()) {
            hosts.merge(slot.host(), 1, Integer::sum);
        }
        slot.datastores().forEach(datastore -> datastores.merge(datastore, 1, Integer::sum));
    }

    /** Whether nothing fits any more, wherever it is. */
    boolean isFull() {
        return total >= budget.total();
    }

    /** Which limit this one would pass, in words; null if it fits. */
    @Nullable String obstacle(Slot slot) {
        if (isFull()) {
            return total + " full backups of this vCenter run (fullBudget.total: " + budget.total() + ")";
        }
        int onHost = hosts.getOrDefault(slot.host(), 0);
        if (onHost >= budget.perHost()) {
            return onHost + " run on its host " + slot.host() + " (fullBudget.perHost: " + budget.perHost() + ")";
        }
        return slot.datastores().stream()
                .filter(datastore -> datastores.getOrDefault(datastore, 0) >= budget.perDatastore())
                .sorted()
                .findFirst()
                .map(datastore -> datastores.get(datastore) + " run on its datastore " + datastore
                        + " (fullBudget.perDatastore: " + budget.perDatastore() + ")")
                .orElse(null);
    }
}
