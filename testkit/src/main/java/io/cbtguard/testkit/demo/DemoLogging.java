package io.cbtguard.testkit.demo;

/** Keeps libraries quiet, so that the story can be read. */
final class DemoLogging {
    private DemoLogging() {}

    /** Before the first logger is made; a configuration that the caller chose stays. */
    static void quiet() {
        String key = "logback.configurationFile";
        if (System.getProperty(key) == null) {
            System.setProperty(key, "io/cbtguard/testkit/demo/logback.xml");
        }
    }
}
