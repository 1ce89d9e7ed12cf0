package io.cbtguard.simulator;

import io.cbtguard.simulator.core.Assumptions;
import java.time.Duration;

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
        return new SimulatorOptions(
                soap,
                control,
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

    public SimulatorOptions withTls(boolean on) {
        return new SimulatorOptions(
                port,
                controlPort,
                on,
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

    public SimulatorOptions withVms(int count) {
        return new SimulatorOptions(
                port,
                controlPort,
                tls,
                count,
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

    public SimulatorOptions withHosts(int count) {
        return new SimulatorOptions(
                port,
                controlPort,
                tls,
                vms,
                count,
                seed,
                userName,
                password,
                esxVersion,
                esxBuild,
                cbt,
                taskDuration,
                assumptions);
    }

    public SimulatorOptions withSeed(long value) {
        return new SimulatorOptions(
                port,
                controlPort,
                tls,
                vms,
                hosts,
                value,
                userName,
                password,
                esxVersion,
                esxBuild,
                cbt,
                taskDuration,
                assumptions);
    }

    public SimulatorOptions withCredentials(String user, String secret) {
        return new SimulatorOptions(
                port,
                controlPort,
                tls,
                vms,
                hosts,
                seed,
                user,
                secret,
                esxVersion,
                esxBuild,
                cbt,
                taskDuration,
                assumptions);
    }

    public SimulatorOptions withEsx(String version, String build) {
        return new SimulatorOptions(
                port,
                controlPort,
                tls,
                vms,
                hosts,
                seed,
                userName,
                password,
                version,
                build,
                cbt,
                taskDuration,
                assumptions);
    }

    public SimulatorOptions withCbt(boolean on) {
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
                on,
                taskDuration,
                assumptions);
    }

    public SimulatorOptions withTaskDuration(Duration duration) {
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
                duration,
                assumptions);
    }

    public SimulatorOptions withAssumptions(Assumptions other) {
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
                other);
    }
}
