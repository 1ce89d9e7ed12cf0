package io.cbtguard.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cbtguard.testkit.process.ChildProcess;
import io.cbtguard.vsphere.VcenterTarget;
import io.cbtguard.vsphere.VcenterTarget.Credentials;
import io.cbtguard.vsphere.VcenterTarget.TlsTrust;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The simulator as a process of its own, with the class path of this one. */
record SimulatorProcess(ChildProcess process, JsonNode ready, Duration startTime, Path caFile)
        implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final String PASSWORD = "bench";

    /** Starts it; returns when clients can connect. */
    static SimulatorProcess start(Path folder, int vms) throws IOException, InterruptedException {
        Path output = folder.resolve("simulator-" + vms + ".json");
        List<String> command = List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-Xmx3g",
                "-cp",
                System.getProperty("java.class.path"),
                "io.cbtguard.simulator.SimulatorMain",
                "--vms=" + vms,
                "--hosts=" + Math.clamp(vms / 25, 4, 1000),
                "--task-millis=0",
                "--password=" + PASSWORD);
        long began = System.nanoTime();
        ChildProcess process =
                ChildProcess.start("simulator", command, Map.of(), output, folder.resolve("simulator-" + vms + ".log"));
        Runtime.getRuntime().addShutdownHook(new Thread(process::close, "clean-up"));
        while (!(Files.exists(output) && Files.readString(output).endsWith("\n"))) {
            Duration waited = Duration.ofNanos(System.nanoTime() - began);
            if (!process.isAlive() || waited.compareTo(LONGEST) > 0) {
                process.close();
                throw new IOException("the simulator does not come up:\n" + process.logTail(20));
            }
            Thread.sleep(5);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        JsonNode ready = new ObjectMapper().readTree(Files.readString(output));
        Path ca = folder.resolve("ca-" + vms + ".pem");
        Files.writeString(ca, ready.get("caPem").asText());
        return new SimulatorProcess(process, ready, took, ca);
    }

    private URI sdk() {
        return URI.create(ready.get("sdk").asText());
    }

    String control() {
        return ready.get("control").asText();
    }

    VcenterTarget target() {
        return new VcenterTarget(
                "bench/vcenter",
                URI.create("https://" + sdk().getAuthority()),
                () -> new Credentials(ready.get("username").asText(), PASSWORD),
                new TlsTrust(ready.get("caPem").asText(), null, false),
                null,
                null);
    }

    /** What clients of another make are given. */
    Map<String, String> environment() {
        String user = URLEncoder.encode(ready.get("username").asText(), StandardCharsets.UTF_8);
        return Map.of(
                "GOVC_URL",
                "https://" + user + ":" + PASSWORD + "@" + sdk().getAuthority() + "/sdk",
                "GOVC_TLS_CA_CERTS",
                caFile.toString());
    }

    @Override
    public void close() {
        process.close();
    }
}
