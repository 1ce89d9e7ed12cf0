package io.cbtguard.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cbtguard.preflight.Permissions.Need;
import io.cbtguard.testkit.process.Checkout;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is asked for is what the operator is installed with. */
class PermissionsTest {
    private static final Scope SCOPE = new Scope("own", Set.of("vaults"), true);

    @Test
    void whatTheInstalledRolesGrantIsAskedForAndNothingElseIs() throws IOException {
        Path folder = Checkout.root().resolve(Permissions.FOLDER);
        Map<String, List<String>> granted = new TreeMap<>();
        for (String file : List.of("cluster-role.yaml", "role.yaml")) {
            for (String document : Files.readString(folder.resolve(file)).split("(?m)^---$")) {
                JsonNode object = Serialization.unmarshal(document, JsonNode.class);
                object.path("rules").forEach(rule -> grant(rule, granted));
            }
        }

        assertThat(Permissions.needed(SCOPE).stream()
                        .collect(Collectors.toMap(Need::resourceAndGroup, need -> List.copyOf(need.verbs()))))
                .isEqualTo(granted);
    }

    private static void grant(JsonNode rule, Map<String, List<String>> granted) {
        String group = rule.at("/apiGroups/0").asText();
        String resource = rule.at("/resources/0").asText();
        int sub = resource.indexOf('/');
        String of = sub < 0 ? resource : resource.substring(0, sub);
        String name = (group.isEmpty() ? of : of + "." + group) + (sub < 0 ? "" : resource.substring(sub));
        List<String> verbs = new ArrayList<>();
        rule.path("verbs").forEach(verb -> verbs.add(verb.asText()));
        assertThat(granted.put(name, verbs)).as("two rules for " + name).isNull();
        assertThat(rule.path("apiGroups").size() + rule.path("resources").size())
                .as("one resource a rule, for its reason")
                .isEqualTo(2);
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
