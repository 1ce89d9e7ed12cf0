package io.cbtguard.testkit.demo;

import io.cbtguard.testkit.process.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The ports of what is started here, chosen once: a process that is started again comes back where it was, and what people
 * read from the env file stays true.
 */
record DemoPorts(int simulator, int control, int metrics) {

    static DemoPorts in(DemoFolder folder) {
        Path file = folder.ports();
        try {
            if (Files.exists(file)) {
                int[] ports = Stream.of(Files.readString(file).strip().split(" "))
                        .mapToInt(Integer::parseInt)
                        .toArray();
                return new DemoPorts(ports[0], ports[1], ports[2]);
            }
            int[] ports = FreePorts.pick(3);
            Files.writeString(file, "%d %d %d%n".formatted(ports[0], ports[1], ports[2]));
            return new DemoPorts(ports[0], ports[1], ports[2]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
