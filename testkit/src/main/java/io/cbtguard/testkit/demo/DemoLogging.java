package io.cbtguard.testkit.demo;

/** Keeps libraries quiet, so that the story can be read. */
final class DemoLogging {
    private static final String KEY = "logback.configurationFile";
    private static final String CONFIGURATION = "io/cbtguard/testkit/demo/logback.xml";

    private DemoLogging() {}

    /** Before the first logger is made; a configuration that the caller chose stays. */
    static void quiet() {
        if (System.getProperty(KEY) == null) {
            System.setProperty(KEY, CONFIGURATION);
        }
    }
}
