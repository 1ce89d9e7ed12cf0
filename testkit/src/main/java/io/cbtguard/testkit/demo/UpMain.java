package io.cbtguard.testkit.demo;

import java.nio.file.Path;

/** {@code make up}: starts what is not running and returns. */
public final class UpMain {
    private UpMain() {}

    /** Takes no arguments; {@code SIM_VMS} and {@code PROTECT} choose. Exits 1 with a message if something does not start. */
    public static void main(String[] args) {
        DemoLogging.quiet();
        DemoFolder folder = DemoFolder.ofUp();
        try {
            Estate.up(folder, DemoSettings.from(System.getenv()), new Progress(System.out));
        } catch (RuntimeException e) {
            System.err.println(e.getMessage());
            System.err.println("logs: " + folder.root() + "/*.log; `make down` stops what was started");
            System.exit(1);
        }
        System.out.println();
        System.out.println("Up. Look around with:");
        System.out.println("  source " + Path.of("").toAbsolutePath().relativize(folder.env()));
        System.out.println("  $KUBECTL get cbtguard -A");
        System.out.println("  curl $CBTGUARD_SIM_CONTROL_URL");
        System.out.println("`make down` stops it.");
    }
}
