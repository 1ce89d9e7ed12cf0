package io.cbtguard.judge.record;

import org.jspecify.annotations.Nullable;

/**
 * A run that is open, or ended but not yet shown in its VMBackup.
 *
 * @param uid uid of the VMBackup
 * @param decision null for a report without a decision
 * @param outcome null while open
 */
public record Run(
        String uid,
        String name,
        String namespaceUid,
        String namespace,
        String chain,
        @Nullable Decision decision,
        @Nullable Outcome outcome) {
    public boolean open() {
        return outcome == null;
    }

    /** The same run with its decision put in other words. */
    public Run decided(Decision changed) {
        return new Run(uid, name, namespaceUid, namespace, chain, changed, outcome);
    }

    /** What it was told to read has been read, and its VMBackup shows it: with the end, a record forgets it. */
    public Run ended(Outcome how) {
        Decision told = decision == null ? null : decision.withoutDisks();
        return new Run(uid, name, namespaceUid, namespace, chain, told, how);
    }
}
