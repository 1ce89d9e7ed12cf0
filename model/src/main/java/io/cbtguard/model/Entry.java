package io.cbtguard.model;

import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.Position;
import java.time.Instant;

/** A line of vCenter's history, and how far it has come on its way to the record. */
final class Entry {
    /** Its read position is where it stands, or where reading stood when it was found late. */
    Occurrence occurrence;

    private final Occurrence standing;

    private final int toldFrom;

    /** vCenter has forgotten it. */
    boolean lost;

    /** The watch has read it. */
    boolean read;

    /** The record holds its consequence. */
    boolean acknowledged;

    /** @param toldFrom the step from which on vCenter tells of it, or sooner if that would be too late */
    Entry(Occurrence occurrence, int toldFrom) {
        this.occurrence = occurrence;
        this.standing = occurrence;
        this.toldFrom = toldFrom;
    }

    /** Found where it stands, or only after what happened later: then it counts as read there. */
    void found(Position before, Position now) {
        read = true;
        acknowledged = false;
        occurrence = standing;
        if (standing.read().isBefore(before)) {
            occurrence = new Occurrence(
                    standing.kind(),
                    standing.interval(),
                    now,
                    standing.vm(),
                    standing.host(),
                    standing.eventKey(),
                    standing.eventType(),
                    standing.task(),
                    standing.taskKey(),
                    standing.snapshot(),
                    standing.fault(),
                    standing.started(),
                    standing.user(),
                    standing.message());
        }
    }

    /** vCenter tells of it. */
    boolean told(int step, Instant now) {
        return toldFrom <= step || !now.isBefore(standing.interval().to().time().plus(Occurrence.TOLD_LATE));
    }

    /** Nobody in the watch has missed it, and nobody ever will. */
    boolean waits(int step, Instant now) {
        return !lost && !read && !told(step, now);
    }
}
