package io.cbtguard.testkit.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoPortsTest {
    @TempDir
    Path folder;

    @Test
    void portsAreChosenOncePerFolderSoThatWhatComesBackIsFoundWhereItWas() {
        var first = DemoPorts.in(new DemoFolder(folder));

        assertThat(DemoPorts.in(new DemoFolder(folder))).isEqualTo(first);
        assertThat(new int[] {first.simulator(), first.control(), first.metrics()})
                .doesNotHaveDuplicates();
    }
}
