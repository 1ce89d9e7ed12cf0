package io.cbtguard.testkit.demo;

import io.cbtguard.testkit.process.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Puts onto a cluster what a user would put there: CRDs, RBAC, admission policies, bundled advisories, and the quick start. */
final class Installation {
    private static final String[] APPLY = {"apply", "--server-side", "--force-conflicts"};

    private final Kubectl kubectl;
    private final Path root = Checkout.root();

    Installation(Kubectl kubectl) {
        this.kubectl = kubectl;
    }

    /** What has to be there before the operator starts. Applying it again changes nothing. */
    void prerequisites() {
        applyFolder("crds/generated");
        kubectl.run("wait", "--for=condition=Established", "--timeout=60s", "-f", path("crds/generated"));
        kubectl.apply("{apiVersion: v1, kind: Namespace, metadata: {name: %s}}".formatted(OperatorProcess.NAMESPACE));
        applyFolder("helm/cbtguard/files/rbac");
        applyFolder("helm/cbtguard/files/admission");
        applyFolder("helm/cbtguard/files/advisories");
    }

    /** The quick start, with an overlay for the vCenter's address and certificate and the simulator's account. */
    void quickstart(DemoFolder folder, URI sdk, String caPem) {
        Path overlay = folder.overlay();
        try {
            Files.createDirectories(overlay);
            Path base = overlay.relativize(root.resolve("examples/quickstart"));
            Files.writeString(overlay.resolve("kustomization.yaml"), overlay(base, sdk, caPem));
            Files.writeString(folder.vcenterCa(), caPem);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        kubectl.run(APPLY[0], APPLY[1], APPLY[2], "-k", overlay.toString());
    }

    /** A ProtectedVM like the quick start's for each VM of the given names. */
    void protect(List<String> vms) {
        var manifests = new StringBuilder();
        for (String vm : vms) {
            manifests.append("""
                    ---
                    apiVersion: cbtguard.io/v1alpha1
                    kind: ProtectedVM
                    metadata: {name: "%s", namespace: %s}
                    spec:
                      vcenterRef: {name: lab, namespace: %s}
                      vm: {name: "%s"}
                      policyRef: {name: gold}
                    """.formatted(slug(vm), QuickStart.NAMESPACE, OperatorProcess.NAMESPACE, vm));
        }
        kubectl.apply(manifests.toString());
    }

    private void applyFolder(String folder) {
        kubectl.run(APPLY[0], APPLY[1], APPLY[2], "-f", path(folder));
    }

    private String path(String folder) {
        return root.resolve(folder).toString();
    }

    /** The name of the ProtectedVM that {@link #protect} makes for a VM. */
    static String slug(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }

    private static String overlay(Path base, URI sdk, String caPem) {
        return """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                resources:
                - %s
                patches:
                - patch: |
                    apiVersion: cbtguard.io/v1alpha1
                    kind: VCenter
                    metadata: {name: lab, namespace: cbtguard-system}
                    spec: {server: "https://%s"}
                - patch: |
                    apiVersion: v1
                    kind: Secret
                    metadata:
                      name: vcenter-lab
                      namespace: cbtguard-system
                      annotations: {cbtguard.io/server: "%s"}
                    stringData: {username: "%s", password: "%s"}
                - patch: |
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: vcenter-ca, namespace: cbtguard-system}
                    data:
                      ca.crt: |
                %s
                """.formatted(
                        base,
                        sdk.getAuthority(),
                        sdk.getHost(),
                        SimulatedVcenter.USER,
                        SimulatedVcenter.PASSWORD,
                        caPem.strip().indent(8).stripTrailing());
    }
}
