package io.cbtguard.simulator.vm;

import io.cbtguard.simulator.inventory.EsxProduct;

/** Which ESXi builds have which known defect of change tracking. */
final class AffectedBuilds {
    private AffectedBuilds() {}

    /** VMware KB 2136854: ESXi 6.0.0 from build 2494585 to below 3247720. */
    static boolean loseWritesOnConsolidation(EsxProduct product) {
        return product.version().equals("6.0.0") && build(product) >= 2494585 && build(product) < 3247720;
    }

    /** VMware KB 2090639: 4.x to 5.5; that these are the first builds with the fix is what others report of them. */
    static boolean confuseTheMapOnGrowth(EsxProduct product) {
        return switch (product.version()) {
            case "5.5.0" -> build(product) < 2403361;
            case "5.1.0" -> build(product) < 2583090;
            case "5.0.0" -> build(product) < 2509828;
            default -> product.version().startsWith("4.");
        };
    }

    private static long build(EsxProduct product) {
        return Long.parseLong(product.build());
    }
}
