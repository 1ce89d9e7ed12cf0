package io.cbtguard.testkit.cluster;

import io.cbtguard.testkit.pki.CertificateAuthority;
import io.cbtguard.testkit.process.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;

/**
 * What a local control plane keeps on disk, so that any of its processes, or all, can be started again with the same
 * ports, keys and data: by this JVM or another.
 */
final class ControlPlaneFolder {

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final String AUDIT_POLICY = """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            omitStages: [RequestReceived]
            rules:
            - level: None
              nonResourceURLs: ["/healthz*", "/readyz*", "/livez*", "/version", "/openapi/*"]
            - level: Metadata
            """;

    private final Path root;
    private final Properties state = new Properties();

    private ControlPlaneFolder(Path root) {
        this.root = root;
    }

    /** Opens the folder, and fills it if it is new. */
    static ControlPlaneFolder open(Path root) {
        var folder = new ControlPlaneFolder(root);
        try {
            Files.createDirectories(root);
            if (Files.exists(folder.stateFile())) {
                try (var in = Files.newInputStream(folder.stateFile())) {
                    folder.state.load(in);
                }
            } else {
                folder.fill();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }

    private void fill() throws IOException {
        // Keys and tokens lie in here.
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(root.resolve("pki"));
        var ports = FreePorts.pick(4);
        state.setProperty("etcd.client", "" + ports[0]);
        state.setProperty("etcd.peer", "" + ports[1]);
        state.setProperty("apiserver", "" + ports[2]);
        state.setProperty("controllers", "" + ports[3]);
        state.setProperty("token.admin", randomToken());
        state.setProperty("token.controllers", randomToken());

        var authority = CertificateAuthority.create("local control plane");
        Files.writeString(caFile(), authority.certificatePem());
        authority
                .server("kube-apiserver", List.of("127.0.0.1", "localhost", "kubernetes.default.svc"))
                .writeTo(root.resolve("pki"), "apiserver");
        // Only its key counts: it signs the tokens of ServiceAccounts.
        authority.client("service-accounts", List.of()).writeTo(root.resolve("pki"), "service-accounts");
        Files.writeString(tokenFile(), """
                %s,admin,admin,"system:masters"
                %s,system:kube-controller-manager,system:kube-controller-manager
                """.formatted(adminToken(), state.getProperty("token.controllers")));
        Files.writeString(auditPolicy(), AUDIT_POLICY);
        Files.writeString(adminKubeconfig(), Kubeconfig.of(server(), caPem(), adminToken()));
        Files.writeString(
                controllersKubeconfig(), Kubeconfig.of(server(), caPem(), state.getProperty("token.controllers")));
        // Last: a folder without it is filled anew.
        try (var out = Files.newOutputStream(stateFile())) {
            state.store(out, null);
        }
    }

    private static String randomToken() {
        var bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    int port(String name) {
        return Integer.parseInt(state.getProperty(name));
    }

    String adminToken() {
        return state.getProperty("token.admin");
    }

    URI etcd() {
        return URI.create("http://127.0.0.1:" + port("etcd.client"));
    }

    URI server() {
        return URI.create("https://127.0.0.1:" + port("apiserver"));
    }

    String caPem() {
        try {
            return Files.readString(caFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path root() {
        return root;
    }

    Path caFile() {
        return root.resolve("pki/ca.crt");
    }

    Path pki(String name) {
        return root.resolve("pki").resolve(name);
    }

    Path tokenFile() {
        return root.resolve("tokens.csv");
    }

    Path auditPolicy() {
        return root.resolve("audit-policy.yaml");
    }

    Path auditLog() {
        return root.resolve("audit.log");
    }

    Path etcdData() {
        return root.resolve("etcd-data");
    }

    Path adminKubeconfig() {
        return root.resolve("admin.kubeconfig");
    }

    Path controllersKubeconfig() {
        return root.resolve("controllers.kubeconfig");
    }

    Path pidFile(String process) {
        return root.resolve(process + ".pid");
    }

    Path log(String process) {
        return root.resolve(process + ".log");
    }

    private Path stateFile() {
        return root.resolve("state.properties");
    }

    /** Removes it all. */
    void delete() {
        try (var files = Files.walk(root)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
