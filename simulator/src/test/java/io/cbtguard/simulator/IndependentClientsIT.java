package io.cbtguard.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients of other makes find in the simulator the vCenter that they know. */
@Tag("simulator")
class IndependentClientsIT {
    @TempDir
    Path home = Path.of("");

    @Test
    void pyvmomiWalksWatchesSnapshotsRevertsAndReadsHistory() throws Exception {
        Optional<Path> python = python();
        assumeTrue(python.isPresent(), "pyVmomi is not installed; `make ci-deps` does that");
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withVms(250))) {
            Path script =
                    Path.of(Objects.requireNonNull(IndependentClientsIT.class.getResource("/clients/pyvmomi_client.py"))
                            .toURI());
            run(
                    simulator,
                    python.get().toString(),
                    script.toString(),
                    Integer.toString(simulator.sdkUri().getPort()),
                    simulator.userName(),
                    simulator.password());
        }
    }

    @Test
    void govcWalksSnapshotsRevertsAndReadsHistory() throws Exception {
        Optional<Path> govc = govc();
        assumeTrue(govc.isPresent(), "govc is not built; `make tools` does that");
        String command = govc.get().toString();
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
            assertThat(run(simulator, command, "about")).contains("8.0.3");
            assertThat(run(simulator, command, "find", "/", "-type", "m", "-name", "web-*"))
                    .contains("/DC0/vm/web/web-01");
            run(simulator, command, "snapshot.create", "-vm", "web-01", "one");
            run(simulator, command, "snapshot.create", "-vm", "web-01", "two");
            run(simulator, command, "snapshot.revert", "-vm", "web-01", "one");
            run(simulator, command, "snapshot.revert", "-vm", "web-01");
            assertThat(run(simulator, command, "snapshot.tree", "-vm", "web-01"))
                    .contains("one", "two");
            assertThat(run(simulator, command, "events", "-type", "com.vmware.vc.vm.VmStateRevertedToSnapshot"))
                    .contains("has been reverted to the state of snapshot one");
            assertThat(run(simulator, command, "tasks")).contains("RevertToCurrentSnapshot");
            run(simulator, command, "vm.change", "-vm", "web-01", "-e", "note=kept");
            assertThat(run(simulator, command, "object.collect", "-s", "vm/web/web-01", "name"))
                    .contains("web-01");
            run(simulator, command, "snapshot.remove", "-vm", "web-01", "*");
            assertThat(simulator.vms().get("web-01").snapshots()).isEmpty();
        }
    }

    @Test
    void govcTagsAVmAndFindsTheTag() throws Exception {
        Optional<Path> govc = govc();
        assumeTrue(govc.isPresent(), "govc is not built; `make tools` does that");
        String command = govc.get().toString();
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
            run(simulator, command, "tags.category.create", "-t", "VirtualMachine", "backup");
            run(simulator, command, "tags.create", "-c", "backup", "daily");
            run(simulator, command, "tags.attach", "daily", "/DC0/vm/web/web-01");
            assertThat(run(simulator, command, "tags.attached.ls", "-r", "/DC0/vm/web/web-01"))
                    .contains("daily");
            assertThat(run(simulator, command, "tags.attached.ls", "daily")).contains("vm-1001");
            simulator.tags().attach("vm-1002", "backup", "weekly", "alice");
            assertThat(run(simulator, command, "tags.ls", "-c", "backup")).contains("daily", "weekly");
            run(simulator, command, "tags.detach", "daily", "/DC0/vm/web/web-01");
            assertThat(run(simulator, command, "tags.attached.ls", "-r", "/DC0/vm/web/web-01"))
                    .doesNotContain("daily");
        }
    }

    private String run(Simulator simulator, String... command) throws Exception {
        Path output = Files.createTempFile(home, "client", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment()
                .putAll(Map.of(
                        "GOVC_URL",
                        simulator.sdkUri().toString(),
                        "GOVC_USERNAME",
                        simulator.userName(),
                        "GOVC_PASSWORD",
                        simulator.password(),
                        "GOVC_INSECURE",
                        "1",
                        "GOVMOMI_HOME",
                        home.toString()));
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS))
                .as(String.join(" ", command))
                .isTrue();
        String text = Files.readString(output);
        assertThat(process.exitValue())
                .as(String.join(" ", command) + "\n" + text)
                .isZero();
        return text;
    }

    /** The Python with pyVmomi that tools/python.sh keeps, if it is there already. */
    private static Optional<Path> python() throws Exception {
        return ask("tools/python.sh", "--print-path");
    }

    /** The govc that CBTGUARD_GOVC names, else the pinned one that tools/build.sh built, if it is there already. */
    private static Optional<Path> govc() throws Exception {
        String given = System.getenv("CBTGUARD_GOVC");
        Optional<Path> found = given != null
                ? Optional.of(Path.of(given))
                : ask("tools/build.sh", "--print-dir").map(folder -> folder.resolve("govc"));
        return found.filter(Files::isExecutable);
    }

    /** What a script of the checkout answers; empty outside a checkout, or if what it looks for is not there yet. */
    private static Optional<Path> ask(String script, String question) throws Exception {
        Path root = Path.of("").toAbsolutePath();
        while (root != null && !Files.exists(root.resolve(script))) {
            root = root.getParent();
        }
        if (root == null) {
            return Optional.empty();
        }
        Process process = new ProcessBuilder(root.resolve(script).toString(), question).start();
        String path = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return process.waitFor() == 0 ? Optional.of(Path.of(path)) : Optional.empty();
    }
}
