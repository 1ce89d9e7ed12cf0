package io.cbtguard.bench;

import io.cbtguard.bench.FirstSync.FirstView;
import io.cbtguard.bench.FirstSync.Result;
import io.cbtguard.testkit.process.Memory;
import io.cbtguard.vsphere.VcenterWatch;
import io.cbtguard.vsphere.VimWatches;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * {@code make bench-vcenter}: the simulator and the watch at full size, as Markdown tables. Arguments: a folder for logs, the
 * govmomi client, a Python with pyVmomi, its script. Environment: {@code SIM_VMS} (10,000), {@code SIM_SIZES}, {@code ROUNDS} (5) and
 * {@code WARM_UPS} of our watch before them (1).
 */
public final class VcenterBench {
    private static final int FEW = 10;
    private static final int CHANGES = 50;
    private static final String OURS = "our watch";
    private static final String GOVMOMI = "govmomi";

    private final Path folder;
    private final String govmomi;
    private final List<String> pyvmomi;
    private final VimWatches watches = new VimWatches();

    private VcenterBench(Path folder, String govmomi, List<String> pyvmomi) {
        this.folder = folder;
        this.govmomi = govmomi;
        this.pyvmomi = pyvmomi;
    }

    /** Prints the tables; fails with a stack trace if anything does. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]).toAbsolutePath();
        Files.createDirectories(folder);
        VcenterBench bench = new VcenterBench(folder, arguments[1], List.of(arguments[2], arguments[3]));
        System.out.printf(
                "%d cores, %s %s, JDK %s%n",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.version());
        bench.sizes(setting("SIM_SIZES", "1000 10000 40000"));
        bench.firstSyncs(Integer.parseInt(setting("SIM_VMS", "10000")), Integer.parseInt(setting("ROUNDS", "5")));
    }

    private static String setting(String name, String otherwise) {
        return Objects.requireNonNullElse(System.getenv(name), otherwise);
    }

    private void sizes(String sizes) throws Exception {
        System.out.println();
        System.out.println("| VMs, 2 disks each | start | resident then | live heap then | live heap after the changes "
                + "| one change to a waiting client, median of " + CHANGES + " | maximum |");
        System.out.println("|---|---|---|---|---|---|---|");
        for (String size : sizes.trim().split("\\s+", -1)) {
            int vms = Integer.parseInt(size);
            try (SimulatorProcess simulator = SimulatorProcess.start(folder, vms)) {
                long pid = simulator.process().pid();
                long resident = Memory.resident(pid);
                long live = Memory.live(pid);
                List<Double> millis = Command.lines(
                                List.of(govmomi, "latency", simulator.control(), Integer.toString(CHANGES)),
                                simulator.environment())
                        .stream()
                        .map(Double::valueOf)
                        .sorted()
                        .toList();
                System.out.printf(
                        Locale.ROOT,
                        "| %,d | %.2f s | %s | %s | %s | %.2f ms | %.2f ms |%n",
                        vms,
                        simulator.startTime().toMillis() / 1000.0,
                        megabytes(resident),
                        megabytes(live),
                        megabytes(Memory.live(pid)),
                        median(millis),
                        millis.getLast());
            }
        }
    }

    private void firstSyncs(int vms, int rounds) throws Exception {
        Map<String, FirstSync> clients = new LinkedHashMap<>();
        clients.put(OURS, FirstSync.ofWatch(watches));
        clients.put(GOVMOMI, FirstSync.ofProgram(List.of(govmomi, "sync")));
        clients.put("pyVmomi", FirstSync.ofProgram(pyvmomi));
        Map<String, List<Double>> seconds = new LinkedHashMap<>();
        try (SimulatorProcess simulator = SimulatorProcess.start(folder, vms)) {
            for (int warmUp = Integer.parseInt(setting("WARM_UPS", "1")); warmUp > 0; warmUp--) {
                FirstSync.ofWatch(watches).run(simulator); // ours is a JVM that has run before, as the operator's is
            }
            for (int round = 0; round < rounds; round++) {
                for (Map.Entry<String, FirstSync> client : clients.entrySet()) {
                    Result result = client.getValue().run(simulator);
                    if (result.vms() != vms) {
                        throw new IllegalStateException(client.getKey() + " saw " + result.vms() + " of " + vms);
                    }
                    seconds.computeIfAbsent(client.getKey(), name -> new ArrayList<>())
                            .add(result.seconds());
                }
            }
            print(vms, seconds);
            perVm(simulator, vms);
        }
    }

    private static void print(int vms, Map<String, List<Double>> seconds) {
        List<Double> govmomi = Objects.requireNonNull(seconds.get(GOVMOMI));
        System.out.println();
        System.out.printf(
                Locale.ROOT,
                "| first sync of %,d VMs by | seconds, each run | median | of govmomi's, each run |%n",
                vms);
        System.out.println("|---|---|---|---|");
        seconds.forEach((name, each) -> {
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < each.size(); i++) {
                ratios.add(each.get(i) / govmomi.get(i));
            }
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %.2f | %s |%n",
                    name,
                    joined(each),
                    median(each.stream().sorted().toList()),
                    joined(ratios));
        });
    }

    /** What a watch of many keeps more than a watch of a few, by the live heap of this process. */
    private void perVm(SimulatorProcess many, int vms) throws Exception {
        long few;
        try (SimulatorProcess small = SimulatorProcess.start(folder, FEW)) {
            few = watched(small, "few");
        }
        long all = watched(many, "many");
        System.out.println();
        System.out.printf(
                Locale.ROOT,
                "Live heap with a watch of %,d VMs: %s; of %d: %s; per VM: %,d bytes.%n",
                vms,
                megabytes(all),
                FEW,
                megabytes(few),
                (all - few) / (vms - FEW));
    }

    private long watched(SimulatorProcess vcenter, String name) throws Exception {
        FirstView told = new FirstView();
        try (VcenterWatch watch = watches.open(vcenter.target(), told)) {
            told.await();
            long pid = ProcessHandle.current().pid();
            Files.write(folder.resolve("histogram-" + name + ".txt"), Memory.histogram(pid));
            long live = Memory.live(pid);
            if (watch.view().isEmpty()) {
                throw new IllegalStateException("the view is gone");
            }
            return live;
        }
    }

    private static double median(List<Double> sorted) {
        return sorted.get(sorted.size() / 2);
    }

    private static String joined(List<Double> each) {
        return each.stream()
                .map(value -> String.format(Locale.ROOT, "%.2f", value))
                .collect(Collectors.joining(", "));
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.0f MB", bytes / 1e6);
    }
}
