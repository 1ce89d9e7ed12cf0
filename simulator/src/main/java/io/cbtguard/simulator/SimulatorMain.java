package io.cbtguard.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a simulator as a process of its own; prints one line of JSON when clients can connect. */
@Command(name = "simulator", mixinStandardHelpOptions = true, description = "A vCenter simulator with CBT semantics.")
public final class SimulatorMain implements Runnable {
    private static final SimulatorOptions DEFAULTS = SimulatorOptions.defaults();

    @Option(names = "--port", description = "of the SOAP endpoint; 0 is any free one (default: 0)")
    private int port;

    @Option(names = "--control-port", description = "of the control endpoint; 0 is any free one (default: 0)")
    private int controlPort;

    @Option(names = "--vms", description = "virtual machines (default: 20)")
    private int vms = DEFAULTS.vms();

    @Option(names = "--hosts", description = "hosts (default: 4)")
    private int hosts = DEFAULTS.hosts();

    @Option(names = "--seed", description = "of names and identifiers (default: 1)")
    private long seed = DEFAULTS.seed();

    @Option(names = "--username", description = "(default: administrator@vsphere.local)")
    private String username = DEFAULTS.userName();

    @Option(names = "--password", description = "(default: simulator)")
    private String password = DEFAULTS.password();

    @Option(names = "--account", description = "user:password of a further account; may be repeated")
    private List<String> accounts = List.of();

    @Option(names = "--task-millis", description = "how long every task takes (default: 20)")
    private long taskMillis = DEFAULTS.taskDuration().toMillis();

    @Option(names = "--tls", negatable = true, description = "HTTPS for SOAP (default: yes)")
    private boolean tls = true;

    @Option(names = "--cbt", negatable = true, description = "change tracking on at the start (default: yes)")
    private boolean cbt = true;

    @Option(names = "--esx-version", description = "of all hosts (default: 8.0.3)")
    private String esxVersion = DEFAULTS.esxVersion();

    @Option(names = "--esx-build", description = "of all hosts (default: 24322831)")
    private String esxBuild = DEFAULTS.esxBuild();

    public static void main(String[] args) {
        // standard output is for the one line only
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", "io/cbtguard/simulator/logback-main.xml");
        }
        System.exit(new CommandLine(new SimulatorMain()).execute(args));
    }

    @Override
    public void run() {
        SimulatorOptions options = DEFAULTS.withPorts(port, controlPort)
                .withVms(vms)
                .withHosts(hosts)
                .withSeed(seed)
                .withCredentials(username, password)
                .withTls(tls)
                .withCbt(cbt)
                .withTaskDuration(Duration.ofMillis(taskMillis))
                .withEsx(esxVersion, esxBuild);
        CountDownLatch end = new CountDownLatch(1);
        try (Simulator simulator = Simulator.start(options)) {
            Runtime.getRuntime().addShutdownHook(new Thread(end::countDown));
            for (String account : accounts) {
                int colon = account.indexOf(':');
                simulator.accounts().set(account.substring(0, colon), account.substring(colon + 1));
            }
            Map<String, String> ready = new LinkedHashMap<>();
            ready.put("sdk", simulator.sdkUri().toString());
            ready.put("control", simulator.controlUri().toString());
            ready.put("username", simulator.userName());
            ready.put("instanceUuid", simulator.instanceUuid());
            ready.put("thumbprint", simulator.thumbprint());
            ready.put("caPem", simulator.caPem());
            System.out.println(new ObjectMapper().writeValueAsString(ready));
            System.out.flush();
            end.await();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
