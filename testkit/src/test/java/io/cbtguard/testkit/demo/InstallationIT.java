package io.cbtguard.testkit.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.VCenter;
import io.cbtguard.testkit.cluster.Clusters;
import io.cbtguard.testkit.cluster.TestCluster;
import io.cbtguard.testkit.pki.CertificateAuthority;
import io.cbtguard.testkit.process.Checkout;
import io.fabric8.kubernetes.api.model.Secret;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("cluster")
class InstallationIT {
    private static final String CA = CertificateAuthority.create("demo").certificatePem();

    @TempDir
    static Path temporary;

    private static Kubectl kubectl;
    private static Installation installation;
    private static DemoFolder folder;

    @BeforeAll
    static void install() throws Exception {
        TestCluster cluster = Clusters.shared();
        kubectl = new Kubectl(cluster.kubectl(), cluster.kubeconfigFile(), temporary.resolve("cache"));
        installation = new Installation(kubectl);
        // inside the checkout: kustomize reaches the quick start by a relative path
        folder = new DemoFolder(Files.createDirectories(Checkout.root().resolve("testkit/target/installation-it")));
        installation.prerequisites();
        installation.quickstart(folder, URI.create("https://127.0.0.1:8989/sdk"), CA);
    }

    @Test
    void theQuickStartNamesTheVcenterOfTheOverlayAndTrustsItsAuthority() {
        var vcenter = kubectl.get(VCenter.class, "vcenter/lab", "-n", OperatorProcess.NAMESPACE);

        assertThat(vcenter.getSpec().server()).isEqualTo("https://127.0.0.1:8989");
        assertThat(kubectl.run("get", "configmap/vcenter-ca", "-n", OperatorProcess.NAMESPACE, "-o=jsonpath={.data}"))
                .contains(CA.lines().toList().get(1));
    }

    @Test
    void theSecretIsBoundToThatServerAndHoldsTheAccount() {
        var secret = kubectl.get(Secret.class, "secret/vcenter-lab", "-n", OperatorProcess.NAMESPACE);

        assertThat(secret.getMetadata().getAnnotations()).contains(Map.entry("cbtguard.io/server", "127.0.0.1"));
        assertThat(secret.getData()).containsOnlyKeys("username", "password");
    }

    @Test
    void appliedAgainItChangesNothing() {
        String before = versions();

        installation.prerequisites();
        installation.quickstart(folder, URI.create("https://127.0.0.1:8989/sdk"), CA);

        assertThat(versions()).isEqualTo(before);
    }

    @Test
    void protectAllMakesAProtectedVmForEachVmWhateverItsName() {
        installation.protect(List.of("web-01", "DB Server (old)"));

        var odd = kubectl.get(ProtectedVM.class, "protectedvm/db-server-old", "-n", QuickStart.NAMESPACE);
        assertThat(odd.getSpec().vm().name()).isEqualTo("DB Server (old)");
    }

    private static String versions() {
        return kubectl.run(
                "get",
                "vcenter,backuppolicy,secret,configmap,role,rolebinding,serviceaccount",
                "-A",
                "-o=custom-columns=:kind,:metadata.namespace,:metadata.name,:metadata.resourceVersion");
    }
}
