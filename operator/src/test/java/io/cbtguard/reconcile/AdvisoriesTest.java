package io.cbtguard.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.api.v1alpha1.CBTAdvisory;
import io.cbtguard.judge.Advisory;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which of a cluster's advisories count; what-if asks the same of a cluster that has one more. */
class AdvisoriesTest {
    private static CBTAdvisory advisory(String metadata, String spec) {
        return Serialization.unmarshal("""
                apiVersion: cbtguard.io/v1alpha1
                kind: CBTAdvisory
                metadata: {%s}
                spec: {title: t, trigger: HostBuild, affected: [{version: 6.0.0, minBuild: 1}], remedy: r, enabled: true,
                  effect: {baselines: Invalidate, suspect: Incrementals, reset: None}%s}
                """.formatted(metadata, spec), CBTAdvisory.class);
    }

    private static final CBTAdvisory BUNDLED =
            advisory("name: bundled, labels: {\"" + CBTAdvisory.BUNDLED + "\": \"true\"}", "");
    private static final CBTAdvisory OWN = advisory("name: own", "");

    private static List<String> inForce(CBTAdvisory... all) {
        return Advisories.inForce(List.of(all)).stream().map(Advisory::name).toList();
    }

    @Test
    void aBundledOneGivesWayToTheOneThatOverridesIt() {
        assertThat(inForce(BUNDLED, advisory("name: better", ", overrides: bundled")))
                .containsExactly("better");
    }

    @Test
    void oneOfOnesOwnIsOverriddenByNothing() {
        assertThat(inForce(OWN, advisory("name: better", ", overrides: own"))).containsExactly("better", "own");
    }

    @Test
    void whatElseHelpsIsSaidInASentenceOfItsOwn() {
        assertThat(remedy("Install 6.0 P02.")).startsWith("Install 6.0 P02. Reset Changed Block Tracking ");
        assertThat(remedy("install 6.0 P02")).startsWith("install 6.0 P02. Reset Changed Block Tracking ");
    }

    private static String remedy(String own) {
        CBTAdvisory advisory = Serialization.unmarshal("""
                apiVersion: cbtguard.io/v1alpha1
                kind: CBTAdvisory
                metadata: {name: own}
                spec: {title: t, trigger: HostBuild, affected: [{version: 6.0.0, minBuild: 1}], remedy: "%s", enabled: true,
                  effect: {baselines: Invalidate, suspect: Incrementals, reset: Recommended}}
                """.formatted(own), CBTAdvisory.class);
        return Advisories.judged(advisory).remedy();
    }
}
