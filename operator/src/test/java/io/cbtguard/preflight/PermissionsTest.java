package io.cbtguard.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.preflight.Permissions.Need;
import io.cbtguard.testkit.process.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is asked for is what the operator is installed with. */
class PermissionsTest {
    private static final Scope SCOPE = new Scope("own", Set.of("vaults"), true);

    @Test
    void everyRuleOfTheInstalledRolesIsAskedFor() throws IOException {
        Path folder = Checkout.root().resolve(Permissions.FOLDER);
        String roles =
                Files.readString(folder.resolve("cluster-role.yaml")) + Files.readString(folder.resolve("role.yaml"));

        assertThat(Permissions.needed(SCOPE)).hasSize((int)
                Pattern.compile("(?m)^- apiGroups:").matcher(roles).results().count());
    }

    @Test
    void theRoleOfVcentersIsNeededInEachOfTheirNamespacesAndTheLeaseInTheOperatorsOwn() {
        List<Need> needed = Permissions.needed(new Scope("own", Set.of("a", "b"), true));

        assertThat(needed.stream().filter(need -> need.resource().equals("secrets")))
                .extracting(Need::namespace)
                .containsExactly("a", "b");
        assertThat(needed.stream().filter(need -> need.resource().equals("leases")))
                .extracting(Need::namespace)
                .containsExactly("own");
    }

    @Test
    void whoElectsNobodyNeedsNoLease() {
        assertThat(Permissions.needed(new Scope("own", Set.of("own"), false)))
                .extracting(Need::resource)
                .contains("secrets")
                .doesNotContain("leases");
    }

    /** With {@code for} in a person's words, so only the other columns are compared. */
    @Test
    void thePageOfSecurityListsThem() throws IOException {
        Map<String, String> places =
                Map.of("", "every namespace", "vaults", "namespaces with VCenters", "own", "its own namespace");
        List<String> rows = Files.readAllLines(Checkout.root().resolve("docs/security.md")).stream()
                .filter(line -> places.values().stream().anyMatch(place -> line.startsWith("| " + place + " |")))
                .map(line -> line.substring(0, line.lastIndexOf('`') + 1))
                .map(line -> line.replaceAll("(\\| `[^`]+`).*$", "$1"))
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(Permissions.needed(SCOPE).stream()
                        .map(need -> "| %s | %s | `%s`"
                                .formatted(
                                        places.get(need.namespace()),
                                        String.join(", ", need.verbs()),
                                        need.resourceAndGroup()))
                        .toList());
    }
}
