package io.cbtguard.model;

import io.cbtguard.inventory.EsxBuild;
import io.cbtguard.judge.Advisory;
import java.util.List;

/**
 * The ESXi builds of a history's hosts.
 *
 * @param older of the first hosts
 * @param newer of the last one
 */
record Builds(EsxBuild older, EsxBuild newer) {
    static final Builds SOUND = new Builds(new EsxBuild("8.0.3", 24022510), new EsxBuild("8.0.3", 24585383));
    static final Builds AFFECTED = new Builds(new EsxBuild("6.0.0", 3073146), new EsxBuild("6.0.0", 3380124));

    /** What the vendor says of them. */
    static final Advisory BULLETIN = new Advisory(
            "kb-2136854",
            "ESXi 6.0 loses changes during a consolidation",
            Advisory.Trigger.HostBuild,
            List.of(new Advisory.Affected("6.0.0", 2494585, 3247720L)),
            List.of(),
            0,
            true,
            Advisory.Suspects.IncrementalsAndFullsUsingCbt,
            false,
            "Take a full backup after the upgrade.");

    /** A build after an upgrade. */
    EsxBuild above(EsxBuild old, int by) {
        return new EsxBuild(newer.version(), Math.max(old.build(), newer.build()) + by);
    }

    /** ESXi 6.0 before ESXi600-201511001 (KB 2136854). */
    static boolean losesDuringConsolidation(EsxBuild build) {
        return build.version().equals("6.0.0") && build.build() >= 2494585 && build.build() < 3247720;
    }
}
