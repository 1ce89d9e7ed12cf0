package io.cbtguard.testkit.demo;

/** {@code make down}: stops exactly what {@code make up} started. */
public final class DownMain {
    private DownMain() {}

    /** Takes no arguments. Nothing running is no error. */
    public static void main(String[] args) {
        DemoLogging.quiet();
        var stopped = Estate.down(DemoFolder.ofUp());
        System.out.println(stopped.isEmpty() ? "nothing was running" : "stopped: " + String.join(", ", stopped));
    }
}
