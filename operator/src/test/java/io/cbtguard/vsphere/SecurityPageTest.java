package io.cbtguard.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.testkit.process.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/security.md tells vSphere administrators the privileges that are checked, and no others. */
class SecurityPageTest {
    @Test
    void thePageListsThePrivilegesThatAreChecked() throws IOException {
        List<String> rows = Files.readAllLines(Checkout.root().resolve("docs/security.md")).stream()
                .filter(line -> line.matches("\\| `[A-Z]\\w+\\.\\w+` \\|.*"))
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(Privileges.REQUIRED.stream()
                        .map(required -> "| `%s` | %s | %s |"
                                .formatted(
                                        required.privilege(),
                                        required.purpose(),
                                        required.isNeeded() ? "the watch does not count as possible" : "it goes on"))
                        .toList());
    }
}
