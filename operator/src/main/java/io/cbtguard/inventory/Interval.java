package io.cbtguard.inventory;

/**
 * A stretch of vCenter's order in which something happened: from what queued or announced it to what completed it, or from the
 * last position at which it had not happened to the first at which it had. Both ends belong to it.
 *
 * @param from earliest position at which it may have happened
 * @param to latest position at which it may have happened, never before {@code from}
 */
public record Interval(Position from, Position to) {
    public static Interval at(Position position) {
        return new Interval(position, position);
    }

    /** True only if all of this interval certainly came before all of the other one; overlap and equality are not "before". */
    public boolean isBefore(Interval other) {
        return to.isBefore(other.from);
    }

    public boolean overlaps(Interval other) {
        return !isBefore(other) && !other.isBefore(this);
    }

    public Interval union(Interval other) {
        return new Interval(Position.earlier(from, other.from), Position.later(to, other.to));
    }
}
