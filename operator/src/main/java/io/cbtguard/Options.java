package io.cbtguard;

import io.cbtguard.metrics.PerVmMetrics;
import io.cbtguard.preflight.Scope;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/**
 * All that can be set about the operator. Each option can be set by an environment variable too: {@code --http-port} by {@code
 * CBTGUARD_HTTP_PORT}; the command line comes first, and of an option given twice the last one counts, so that whoever adds to
 * arguments made by a chart can overrule them. What is malformed stops the start.
 */
@Command(
        name = "cbtguard-operator",
        description = {
            "Watches vCenters and says which change IDs can be trusted.",
            "Each option may be set by an environment variable: --http-port by CBTGUARD_HTTP_PORT."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class Options {
    private static final String CLUSTER = "KUBERNETES_SERVICE_HOST";
    private static final int SHORTEST_LEASE = 3;

    /** How logs are written. */
    enum LogFormat {
        text,
        json
    }

    @Option(
            names = "--check",
            description = "Say what is missing in the cluster and in the vCenters, write nothing, and end:"
                    + " 0 if nothing is, 1 if something is, 2 if an option is wrong.")
    boolean check;

    @Option(
            names = "--namespace",
            defaultValue = "${env:POD_NAMESPACE:-cbtguard-system}",
            description = "The operator's own namespace; its lease is there.")
    String namespace = "cbtguard-system";

    @Option(
            names = "--vcenter-namespaces",
            split = ",",
            description = "Namespaces whose VCenters are watched, with commas; absent: the operator's own.")
    @Nullable List<String> vcenterNamespaces;

    @Option(
            names = "--http-port",
            defaultValue = "8080",
            description = "Port of /metrics, /healthz and /readyz; 0: any free one.")
    int httpPort;

    @Option(names = "--http-bind", defaultValue = "0.0.0.0", description = "Address that this port is bound to.")
    String httpBind = "0.0.0.0";

    @Option(
            names = "--page-port",
            defaultValue = "8081",
            description = "Port of the page of explanations and what-if; 0: any free one.")
    int pagePort;

    @Option(
            names = "--page-bind",
            defaultValue = "127.0.0.1",
            description = "Address that this port is bound to; whoever reaches it sees every tenant's VMs.")
    String pageBind = "127.0.0.1";

    @Option(names = "--port-file", description = "File to write the bound HTTP port into.")
    @Nullable Path portFile;

    @Option(
            names = "--leader-elect",
            arity = "0..1",
            fallbackValue = "true",
            description = "Whether to work only while holding the lease; absent: in a cluster yes, else no.")
    @Nullable Boolean leaderElect;

    @Option(
            names = "--lease-seconds",
            defaultValue = "15",
            description =
                    "How long the lease outlives the last sign of its holder; it is renewed within two thirds of that.")
    int leaseSeconds;

    @Option(
            names = "--kubeconfig",
            description = "Kubeconfig to use; absent: the pod's ServiceAccount, else what kubectl would use.")
    @Nullable Path kubeconfig;

    @Option(
            names = "--per-vm-metrics",
            defaultValue = "auto",
            description =
                    "Whether each VM has a series while all is well, ${COMPLETION-CANDIDATES}; auto: up to 5,000.")
    PerVmMetrics perVmMetrics = PerVmMetrics.auto;

    @Option(names = "--log-format", defaultValue = "text", description = "${COMPLETION-CANDIDATES}")
    LogFormat logFormat = LogFormat.text;

    /**
     * @throws CommandLine.ParameterException if something is malformed; its message says what
     */
    static Options parse(Map<String, String> environment, String... arguments) {
        Options options = new Options();
        CommandLine command = new CommandLine(options)
                .setDefaultValueProvider(new FromEnvironment(environment))
                .setOverwrittenOptionsAllowed(true);
        CommandLine.ParseResult parsed = command.parseArgs(arguments);
        check(command, "--http-port", options.httpPort);
        check(command, "--page-port", options.pagePort);
        if (options.leaseSeconds < SHORTEST_LEASE) {
            throw new CommandLine.ParameterException(
                    command,
                    "Invalid value for option '--lease-seconds': " + options.leaseSeconds + " is less than "
                            + SHORTEST_LEASE);
        }
        options.help = CommandLine.printHelpIfRequested(parsed);
        return options;
    }

    private static void check(CommandLine command, String name, int port) {
        if (port < 0 || port > 65535) {
            throw new CommandLine.ParameterException(
                    command, "Invalid value for option '" + name + "': " + port + " is not in 0..65535");
        }
    }

    private boolean help;

    /** Whether help was asked for, and printed: then there is nothing to start. */
    boolean helpOnly() {
        return help;
    }

    /** Namespaces whose VCenters are watched; never empty. */
    Set<String> watchedNamespaces() {
        Set<String> named = new LinkedHashSet<>();
        for (String name : vcenterNamespaces == null ? List.<String>of() : vcenterNamespaces) {
            if (!name.isBlank()) {
                named.add(name.strip());
            }
        }
        return named.isEmpty() ? Set.of(namespace) : named;
    }

    boolean electsLeader() {
        return leaderElect != null ? leaderElect : System.getenv(CLUSTER) != null;
    }

    /** What {@code --check} looks at. */
    Scope scope() {
        return new Scope(namespace, watchedNamespaces(), electsLeader());
    }

    Optional<Path> kubeconfigFile() {
        return Optional.ofNullable(kubeconfig);
    }

    Optional<Path> portFile() {
        return Optional.ofNullable(portFile);
    }

    /** A variable that is set to nothing counts as not set, as charts like to leave it. */
    private record FromEnvironment(Map<String, String> environment) implements IDefaultValueProvider {
        @Override
        public @Nullable String defaultValue(ArgSpec argument) {
            if (!(argument instanceof OptionSpec option)) {
                return null;
            }
            String name = option.longestName().replaceFirst("^-+", "").replace('-', '_');
            String value = environment.get("CBTGUARD_" + name.toUpperCase(Locale.ROOT));
            return value == null || value.isBlank() ? null : value;
        }
    }
}
