package io.cbtguard;

import io.cbtguard.preflight.Preflight;
import io.cbtguard.vsphere.VimWatches;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.ParameterException;

/** Starts the operator and stops it in order when the process is asked to end. */
public final class Main {
    /** Read by {@code logback.xml}, so it is set before anything logs. */
    private static final String LOG_FORMAT = "cbtguard.log.format";

    private static final String LOG_LEVEL = "cbtguard.log.level";

    private static final int MISSING = 1;
    private static final int USAGE = 2;

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        Options options;
        try {
            options = Options.parse(System.getenv(), arguments);
        } catch (ParameterException malformed) {
            System.err.println(malformed.getMessage());
            System.err.println("See --help for what can be set.");
            System.exit(USAGE);
            return;
        }
        if (options.helpOnly()) {
            return;
        }
        System.setProperty(LOG_FORMAT, options.logFormat.name());
        if (options.check) {
            System.exit(isAllThere(options) ? 0 : MISSING);
        }
        run(options);
    }

    private static boolean isAllThere(Options options) throws IOException, InterruptedException {
        System.setProperty(LOG_LEVEL, "OFF"); // the table says it all
        return Preflight.isAllThere(config(options.kubeconfigFile()), options.scope(), Preflight.WITHIN, System.out);
    }

    private static void run(Options options) throws IOException, InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        // In a thread of its own: what ends the process waits for the one that tells of the loss.
        Lead lead = Lead.of(options, () -> Thread.ofPlatform().name("lead-lost").start(() -> System.exit(1)));
        CbtGuard guard = CbtGuard.start(
                options, lead.client(config(options.kubeconfigFile())), new VimWatches(), Clock.systemUTC(), lead);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(() -> {
                    guard.close();
                    over.countDown();
                }));
        over.await();
    }

    private static Config config(Optional<Path> kubeconfig) throws IOException {
        return kubeconfig.isPresent()
                ? Config.fromKubeconfig(Files.readString(kubeconfig.get()))
                : Config.autoConfigure(null);
    }
}
