package io.cbtguard.testkit.demo;

import static org.awaitility.Awaitility.await;

import io.cbtguard.testkit.cluster.GivenCluster;
import io.cbtguard.testkit.cluster.LocalControlPlane;
import io.cbtguard.testkit.cluster.TestCluster;
import io.cbtguard.testkit.process.ChildProcess;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Everything that the demo needs, running: control plane (or the cluster named by {@code CBTGUARD_KUBECONFIG}), simulator,
 * operator, and the quick start applied. Each part outlives this JVM and is found again by its folder.
 */
record Estate(
        DemoFolder folder,
        TestCluster cluster,
        Kubectl kubectl,
        SimulatedVcenter vcenter,
        ChildProcess operator,
        URI metrics) {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration SOON = Duration.ofSeconds(30);

    /** Starts what is not running; called again, it changes nothing. */
    static Estate up(DemoFolder folder, DemoSettings settings, Progress progress) {
        folder.create();
        DemoPorts ports = DemoPorts.in(folder);
        TestCluster cluster = progress.step("control plane", () -> GivenCluster.fromEnvironment()
                .orElseGet(() -> LocalControlPlane.startIn(folder.controlPlane(), LocalControlPlane.Options.DEFAULT)));
        progress.say("cluster: " + cluster.name());
        var kubectl = new Kubectl(cluster.kubectl(), cluster.kubeconfigFile(), folder.kubectlCache());
        var vcenter = progress.step(
                "vCenter simulator, " + settings.vms() + " VMs",
                () -> SimulatedVcenter.startIn(folder, ports, settings.vms()));
        var installation = new Installation(kubectl);
        progress.step("CRDs, RBAC, admission policies, advisories", installation::prerequisites);
        var operator = progress.step("operator", () -> OperatorProcess.startIn(folder, ports, cluster));
        progress.step("examples/quickstart", () -> installation.quickstart(folder, vcenter.sdk(), vcenter.caPem()));
        List<String> guarded = settings.protectAll() ? names(vcenter) : List.of();
        if (!guarded.isEmpty()) {
            progress.step("a ProtectedVM for every VM", () -> installation.protect(guarded));
        }
        var estate = new Estate(folder, cluster, kubectl, vcenter, operator, OperatorProcess.metrics(ports));
        EnvFile.write(folder.env(), estate.environment());
        progress.step("vCenter connected, ProtectedVMs bound", () -> estate.awaitBound(guarded));
        return estate;
    }

    /** Stops exactly what {@link #up} started, last started first; returns what it stopped. */
    static List<String> down(DemoFolder folder) {
        List<String> stopped = new ArrayList<>();
        for (String name : List.of(OperatorProcess.NAME, SimulatedVcenter.NAME)) {
            ChildProcess.attach(name, folder.pidFile(name), folder.log(name)).ifPresent(process -> {
                process.stop(GRACE);
                stopped.add(process.name());
            });
        }
        if (Files.isDirectory(folder.controlPlane())) {
            LocalControlPlane.stopIn(folder.controlPlane());
            stopped.add("control plane");
        }
        folder.delete();
        return stopped;
    }

    /** Only what was applied here: what a user has added may well not be ready. */
    private void awaitBound(List<String> guarded) {
        kubectl.run(
                "wait",
                "vcenter/" + QuickStart.VCENTER,
                "-n",
                OperatorProcess.NAMESPACE,
                "--for=condition=Ready",
                "--timeout=60s");
        List<String> wait = new ArrayList<>(List.of("wait", "--for=condition=Ready", "--timeout=60s"));
        wait.addAll(List.of("-n", QuickStart.NAMESPACE, "protectedvm/" + QuickStart.VM));
        guarded.forEach(name -> wait.add("protectedvm/" + Installation.slug(name)));
        kubectl.run(wait.toArray(String[]::new));
    }

    /** What {@code target/demo/env} says. */
    private Map<String, String> environment() {
        var values = new LinkedHashMap<String, String>();
        values.put("KUBECONFIG", cluster.kubeconfigFile().toString());
        values.put("KUBECTL", kubectl.binary().toString());
        values.put("GOVC_URL", vcenter.govcUrl());
        values.put("GOVC_TLS_CA_CERTS", folder.vcenterCa().toString());
        values.put("CBTGUARD_METRICS_URL", metrics.toString());
        values.put("CBTGUARD_SIM_CONTROL_URL", vcenter.control().toString());
        values.put("CBTGUARD_OPERATOR_PID", Long.toString(operator.pid()));
        return values;
    }

    static List<String> names(SimulatedVcenter vcenter) {
        try (var session = vcenter.login()) {
            return List.copyOf(session.vmNames().values());
        }
    }

    /** Waits for something that takes a moment, such as a metric after a status. */
    static void awaitSoon(String what, Callable<Boolean> condition) {
        await(what)
                .atMost(SOON)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .until(condition);
    }
}
