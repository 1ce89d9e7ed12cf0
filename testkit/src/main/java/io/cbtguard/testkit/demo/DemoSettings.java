package io.cbtguard.testkit.demo;

import java.util.Map;

/**
 * What the caller of {@code make up} chose.
 *
 * @param vms how many VMs the simulator has, {@code SIM_VMS}
 * @param protectAll whether every VM gets a ProtectedVM, {@code PROTECT=all}; else only the quick start's own
 */
record DemoSettings(int vms, boolean protectAll) {
    private static final int VMS = 20;

    static final DemoSettings DEFAULT = new DemoSettings(VMS, false);

    /** @throws IllegalArgumentException with what to do, if a value cannot be used */
    static DemoSettings from(Map<String, String> environment) {
        return new DemoSettings(
                vms(environment.getOrDefault("SIM_VMS", "")), protectAll(environment.getOrDefault("PROTECT", "")));
    }

    private static int vms(String value) {
        if (value.isBlank()) {
            return VMS;
        }
        if (!value.strip().matches("[1-9][0-9]{0,4}")) {
            throw new IllegalArgumentException("SIM_VMS is \"" + value + "\": give the number of VMs, from 1 to 99999");
        }
        return Integer.parseInt(value.strip());
    }

    private static boolean protectAll(String value) {
        return switch (value.strip()) {
            case "" -> false;
            case "all" -> true;
            default ->
                throw new IllegalArgumentException("PROTECT is \"" + value + "\": leave it out, or set it to all");
        };
    }
}
