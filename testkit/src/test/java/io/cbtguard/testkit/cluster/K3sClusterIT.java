package io.cbtguard.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("cluster")
class K3sClusterIT {

    @Test
    void k3sIsAClusterLikeAnyOther() {
        // The one provider that needs a container engine, so the one test that may be skipped for want of it.
        var whyNot = K3sCluster.whyNot();
        assumeTrue(whyNot.isEmpty(), () -> "K3s cannot run here: " + whyNot.orElseThrow());
        try (var cluster = K3sCluster.start();
                var admin = cluster.adminClient();
                var client = cluster.clientAs("default", "default")) {
            assertThat(admin.nodes().list().getItems()).isNotEmpty();
            assertThat(client.getKubernetesVersion().getMajor()).isEqualTo("1");
        }
    }
}
