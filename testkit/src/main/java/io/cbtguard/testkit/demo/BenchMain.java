package io.cbtguard.testkit.demo;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * {@code make bench}, or with the argument {@code estate} {@code make bench-estate}: measures the operator as a process of its own, with its own account, on a real API server and the simulator,
 * and prints one line of Markdown table per number. {@code SIM_VMS} chooses the size (1,000; the
 * estate, whose VMs have a past, 10,000).
 */
public final class BenchMain {
    private static final int VMS = 1000;
    private static final int ESTATE_VMS = 10_000;

    private BenchMain() {}

    /** Exits 1 if something does not come in a generous time. */
    public static void main(String[] args) {
        DemoLogging.quiet();
        DemoFolder folder = DemoFolder.ofBench();
        Estate.down(folder); // what a run that was killed has left
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Estate.down(folder), "clean-up"));
        var environment = System.getenv();
        boolean whole = List.of(args).contains("estate");
        int vms = environment.containsKey("SIM_VMS")
                ? DemoSettings.from(environment).vms()
                : whole ? ESTATE_VMS : VMS;
        Progress progress = new Progress(System.out);
        try {
            Estate estate = Estate.up(folder, new DemoSettings(vms, false), progress);
            print(
                    System.out,
                    whole ? new EstateBench(estate, vms, progress).run() : new GuardBench(estate, vms, progress).run());
        } catch (RuntimeException e) {
            System.err.println("BENCH FAILED: " + e.getMessage());
            DemoFailure.explain(folder, e, System.err);
            System.exit(1);
        }
    }

    private static void print(PrintStream out, GuardBench.Figures figures) {
        out.println();
        out.println("| what | figure |");
        out.println("|---|---|");
        figures.lines().forEach((what, figure) -> out.printf(Locale.ROOT, "| %s | %s |%n", what, figure));
    }
}
