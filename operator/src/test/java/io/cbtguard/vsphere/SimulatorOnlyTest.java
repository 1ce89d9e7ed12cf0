package io.cbtguard.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.CheckedIn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Guards the list of what only the simulator can show; with {@code -Dsimulator-only.write=true} it writes it. */
class SimulatorOnlyTest {
    private static final String WRITE = "simulator-only.write";

    @Test
    void the_checked_in_list_is_what_the_tests_say() throws Exception {
        String page = new SimulatorOnly(classes()).page(CheckedIn.command(SimulatorOnlyTest.class, WRITE));

        CheckedIn.is("docs/simulator-only.md", page, SimulatorOnlyTest.class, WRITE);
    }

    @Test
    void every_test_on_the_simulator_alone_says_what_vcsim_lacks() throws Exception {
        assertThat(new SimulatorOnly(classes()).unexplained())
                .as("tests to be annotated with @VcsimLacks, or to be moved to the contract")
                .isEmpty();
    }

    /** The test classes of this package. */
    private static List<Class<?>> classes() throws Exception {
        Path folder = Path.of(
                Objects.requireNonNull(SimulatorOnlyTest.class.getResource(".")).toURI());
        List<Class<?>> classes = new ArrayList<>();
        try (var files = Files.newDirectoryStream(folder, "*IT.class")) {
            for (Path file : files) {
                String name = file.getFileName().toString().replace(".class", "");
                classes.add(Class.forName(SimulatorOnlyTest.class.getPackageName() + "." + name));
            }
        }
        return classes;
    }
}
