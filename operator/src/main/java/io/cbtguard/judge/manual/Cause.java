package io.cbtguard.judge.manual;

import java.util.Locale;

/**
 * One thing that can happen to a VM, a disk or our sight of them, in words for people.
 *
 * @param reason as findings and conditions spell it
 * @param cause what happened, and how it is noticed
 * @param scope VM, disk, chain or run
 * @param kills which change IDs are not trusted any more
 * @param cure what ends its effect
 * @param suspects which restore points become Suspect
 * @param source bulletin or API documentation that says so; empty if there is none
 */
public record Cause(
        String reason,
        String cause,
        String scope,
        String kills,
        String cure,
        String suspects,
        String source,
        Standing standing) {
    /** The heading of {@code docs/reasons.md}, as a link's fragment. */
    public String anchor() {
        return reason.toLowerCase(Locale.ROOT);
    }
}
