package io.cbtguard.simulator;

import io.cbtguard.simulator.core.Assumptions;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * What a simulator starts with; begin with {@link #defaults()} and change what matters.
 *
 * @param port of the SOAP endpoint, 0 for any free one
 * @param controlPort of the control endpoint, 0 for any free one
 * @param tls whether SOAP goes over HTTPS with a certificate of the simulator's own authority
 * @param vms how many virtual machines, with two disks each
 * @param hosts how many hosts, in clusters of at most 16
 * @param seed the same seed gives the same inventory, identifiers included
 * @param userName that may log in
 * @param password of that user
 * @param esxVersion of all hosts at the start
 * @param esxBuild of all hosts at the start
 * @param cbt whether change tracking is on and active at the start
 * @param taskDuration how long every task takes
 * @param assumptions what stands in for facts that nobody documents
 */
public record SimulatorOptions(
        int port,
        int controlPort,
        boolean tls,
        int vms,
        int hosts,
        long seed,
        String userName,
        String password,
        String esxVersion,
        String esxBuild,
        boolean cbt,
        Duration taskDuration,
        Assumptions assumptions) {
    public static SimulatorOptions defaults() {
        return new SimulatorOptions(
                0,
                0,
                true,
                20,
                4,
                1,
                "administrator@vsphere.local",
                "simulator",
                "8.0.3",
                "24322831",
                true,
                Duration.ofMillis(20),
                Assumptions.defaults());
    }

    public SimulatorOptions withPorts(int soap, int control) {
        return with(draft -> {
            draft.port = soap;
            draft.controlPort = control;
        });
    }

    public SimulatorOptions withTls(boolean on) {
        return with(draft -> draft.tls = on);
    }

    public SimulatorOptions withVms(int count) {
        return with(draft -> draft.vms = count);
    }

    public SimulatorOptions withHosts(int count) {
        return with(draft -> draft.hosts = count);
    }

    public SimulatorOptions withSeed(long value) {
        return with(draft -> draft.seed = value);
    }

    public SimulatorOptions withCredentials(String user, String secret) {
        return with(draft -> {
            draft.userName = user;
            draft.password = secret;
        });
    }

    public SimulatorOptions withEsx(String version, String build) {
        return with(draft -> {
            draft.esxVersion = version;
            draft.esxBuild = build;
        });
    }

    public SimulatorOptions withCbt(boolean on) {
        return with(draft -> draft.cbt = on);
    }

    public SimulatorOptions withTaskDuration(Duration duration) {
        return with(draft -> draft.taskDuration = duration);
    }

    public SimulatorOptions withAssumptions(Assumptions other) {
        return with(draft -> draft.assumptions = other);
    }

    private SimulatorOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.finished();
    }

    /** The same fields while they are being changed. */
    private static final class Draft {
        private int port;
        private int controlPort;
        private boolean tls;
        private int vms;
        private int hosts;
        private long seed;
        private String userName;
        private String password;
        private String esxVersion;
        private String esxBuild;
        private boolean cbt;
        private Duration taskDuration;
        private Assumptions assumptions;

        Draft(SimulatorOptions from) {
            port = from.port;
            controlPort = from.controlPort;
            tls = from.tls;
            vms = from.vms;
            hosts = from.hosts;
            seed = from.seed;
            userName = from.userName;
            password = from.password;
            esxVersion = from.esxVersion;
            esxBuild = from.esxBuild;
            cbt = from.cbt;
            taskDuration = from.taskDuration;
            assumptions = from.assumptions;
        }

        SimulatorOptions finished() {
            return new SimulatorOptions(
                    port,
                    controlPort,
                    tls,
                    vms,
                    hosts,
                    seed,
                    userName,
                    password,
                    esxVersion,
                    esxBuild,
                    cbt,
                    taskDuration,
                    assumptions);
        }
    }
}
