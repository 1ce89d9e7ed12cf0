package io.cbtguard.judge.record;

import io.cbtguard.inventory.EsxBuild;
import io.cbtguard.inventory.Position;
import org.jspecify.annotations.Nullable;

/**
 * A stretch in which the VM ran on one ESXi build.
 *
 * @param build null if nobody remembers: that counts as any build
 * @param from first position at which it may have begun
 * @param to last position at which it may have ended; null for the present one
 * @param certain whether the build was seen rather than merely possible
 */
public record Residence(
        @Nullable EsxBuild build, Position from, @Nullable Position to, boolean certain) {
    public Residence until(Position end) {
        return new Residence(build, from, end, certain);
    }
}
