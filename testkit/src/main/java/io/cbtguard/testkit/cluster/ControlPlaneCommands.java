package io.cbtguard.testkit.cluster;

import io.cbtguard.testkit.process.Checkout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command lines of the three processes; everything listens on loopback alone. */
final class ControlPlaneCommands {

    /** Those that work without nodes; the rest of the controllers would only wait for kubelets. */
    private static final String CONTROLLERS = String.join(
            ",",
            "garbage-collector-controller",
            "namespace-controller",
            "serviceaccount-controller",
            "root-ca-certificate-publisher-controller",
            "clusterrole-aggregation-controller",
            "persistentvolumeclaim-protection-controller",
            "job-controller",
            "cronjob-controller",
            "deployment-controller",
            "replicaset-controller");

    /**
     * A Go program collects garbage whenever its heap has doubled. These heaps are nearly empty, so that they would do so many times a
     * second under load, which no control plane of a cluster does.
     */
    static final Map<String, String> ENVIRONMENT = Map.of("GOGC", "400");

    private ControlPlaneCommands() {}

    static List<String> etcd(ControlPlaneFolder folder, boolean fsync, List<String> more) {
        var client = folder.etcd().toString();
        var peer = "http://127.0.0.1:" + folder.port("etcd.peer");
        var command = new ArrayList<>(List.of(
                Checkout.tool("etcd").toString(),
                "--data-dir=" + folder.etcdData(),
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=default=" + peer,
                "--log-level=error"));
        if (!fsync) {
            command.add("--unsafe-no-fsync");
        }
        command.addAll(more);
        return command;
    }

    static List<String> apiServer(ControlPlaneFolder folder, List<String> more) {
        var command = new ArrayList<>(List.of(
                Checkout.tool("kube-apiserver").toString(),
                "--etcd-servers=" + folder.etcd(),
                "--bind-address=127.0.0.1",
                "--secure-port=" + folder.port("apiserver"),
                // Without these two it refuses to start where there is no default route.
                "--advertise-address=127.0.0.1",
                "--endpoint-reconciler-type=none",
                "--tls-cert-file=" + folder.pki("apiserver.crt"),
                "--tls-private-key-file=" + folder.pki("apiserver.key"),
                "--client-ca-file=" + folder.caFile(),
                "--token-auth-file=" + folder.tokenFile(),
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + folder.pki("service-accounts.pub"),
                "--service-account-signing-key-file=" + folder.pki("service-accounts.key"),
                "--service-cluster-ip-range=10.0.0.0/24",
                "--authorization-mode=RBAC",
                "--allow-privileged=true",
                "--profiling=false",
                "--audit-policy-file=" + folder.auditPolicy(),
                "--audit-log-path=" + folder.auditLog()));
        command.addAll(more);
        return command;
    }

    static List<String> controllers(ControlPlaneFolder folder) {
        var kubeconfig = folder.controllersKubeconfig();
        return List.of(
                Checkout.tool("kube-controller-manager").toString(),
                "--kubeconfig=" + kubeconfig,
                "--authentication-kubeconfig=" + kubeconfig,
                "--authorization-kubeconfig=" + kubeconfig,
                // It may not read extension-apiserver-authentication, and would exit without this.
                "--authentication-skip-lookup=true",
                "--leader-elect=false",
                "--bind-address=127.0.0.1",
                "--secure-port=" + folder.port("controllers"),
                "--tls-cert-file=" + folder.pki("apiserver.crt"),
                "--tls-private-key-file=" + folder.pki("apiserver.key"),
                "--use-service-account-credentials=true",
                "--service-account-private-key-file=" + folder.pki("service-accounts.key"),
                "--root-ca-file=" + folder.caFile(),
                "--controllers=" + CONTROLLERS);
    }
}
