package io.cbtguard;

import io.cbtguard.Shell.Said;
import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.docs.MarkdownCommands;
import io.cbtguard.docs.MarkdownCommands.Command;
import io.cbtguard.simulator.SimulatorOptions;
import io.cbtguard.testkit.process.Checkout;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command that a page shows is run as it stands, against a live operator, its vCenter simulator and a real API server; only
 * names that every reader replaces are replaced. Where a page shows what comes out, that comes out. What cannot run here is listed
 * with the test that runs it or the reason.
 */
@Tag("cluster")
@Tag("simulator")
class DocumentedCommandsIT {
    /** By the beginning of the command: who else runs it, or why nobody does. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("make ", "CI and the demo's own tests; make inside of make test would run without end"),
            Map.entry("source target/demo/env", "make up writes it; here the same variables are set"),
            Map.entry("export PATH=", "here the PATH is set"),
            Map.entry("mvn ", "a build within the build"),
            Map.entry("tools/image.sh", "ImageIT"),
            Map.entry("helm ", "ChartInstallIT, ChartUpgradeIT"),
            Map.entry("kubectl create namespace cbtguard-system", "ChartInstallIT"),
            Map.entry("kubectl apply --server-side -k ", "ChartInstallIT"),
            Map.entry("kubectl apply -k YOUR_OVERLAY", "ExamplesIT, with examples/overlay"),
            Map.entry("kubectl -n cbtguard-system rollout", "no kubelet runs a pod here"),
            Map.entry("kubectl -n OPERATOR_NAMESPACE top", "no kubelet, no metrics server"),
            Map.entry("kubectl -n OPERATOR_NAMESPACE logs", "no kubelet runs a pod here"),
            Map.entry("kubectl -n OPERATOR_NAMESPACE describe pod", "no kubelet runs a pod here"),
            Map.entry("cbtguard-hook.sh ", "PluginIT"));

    /** Words that a page shows and that are others in each run: times, ages, tokens and UUIDs, made-up names of runs. */
    private static final Pattern OWN = Pattern.compile(
            "\\d{4}-\\d\\d-\\d\\dT.*|\\d+[smhd]|[0-9a-f]{8}-[0-9a-f-]{27}|.*-\\d{8}-\\d{6}-[0-9a-f]{4}");

    /** Whose output is compared with what they show; of the others only that they succeed. */
    private static final List<String> TRANSCRIPTS = List.of("docs/quickstart.md", "README.md");

    private final BulletinEstate estate = new BulletinEstate(SimulatorOptions.defaults());
    private final GuardBed bed = estate.bed;
    private Shell shell = new Shell(Map.of());

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void aClusterAsTheQuickStartLeavesIt() throws IOException {
        bed.policy("gold", "{rpo: 24h}");
        bed.protect("web-01", "lab", "name: web-01");
        bed.awaitVm("web-01", ConditionTypes.READY, "True", "Bound");
        estate.applyBundledAdvisories();
        Files.copy(Checkout.root().resolve("examples/advisory/own-bulletin.yaml"), folder.resolve("bulletin.yaml"));
        URI sdk = estate.simulator.sdkUri();
        Path authority = Files.writeString(folder.resolve("vcenter.pem"), estate.simulator.caPem());
        shell = new Shell(Map.of(
                "GOVC_URL",
                "https://%s:%s@%s/sdk"
                        .formatted(estate.simulator.userName(), estate.simulator.password(), sdk.getAuthority()),
                "GOVC_TLS_CA_CERTS",
                authority.toString(),
                "KUBECTL",
                "kubectl"));
    }

    @AfterEach
    void down() {
        estate.close();
    }

    @Test
    void everyCommandRunsAndTheQuickStartAndTheReadmeShowWhatComesOut() throws IOException {
        SoftAssertions softly = new SoftAssertions();
        List<String> unused = new ArrayList<>(ELSEWHERE.keySet());
        for (String page : pagesInReadingOrder()) {
            if (page.equals("docs/explain.md")) {
                estate.simulator.vms().snapshot("web-01", "before patch");
            }
            for (Command command : MarkdownCommands.in(page)) {
                if (ELSEWHERE.keySet().stream().noneMatch(command.text()::startsWith)) {
                    check(command, softly);
                }
                unused.removeIf(command.text()::startsWith);
            }
        }
        softly.assertThat(unused).as("left out, and on no page").isEmpty();
        softly.assertAll();
    }

    /** The transcripts tell one story; the others need what it leaves. */
    private static List<String> pagesInReadingOrder() {
        List<String> pages = new ArrayList<>(TRANSCRIPTS);
        MarkdownCommands.pages().stream().filter(page -> !pages.contains(page)).forEach(pages::add);
        return pages;
    }

    private void check(Command command, SoftAssertions softly) throws IOException {
        if (command.text().contains("report.json")) {
            reportFailure();
        }
        Said said = shell.run("bash", "-c", "cd " + folder + " && " + here(command.text()));
        boolean showsExit = command.text().endsWith("echo $?");
        softly.assertThat(showsExit || isAsShown(command, said.exit()))
                .as("%s%n%s", command, said)
                .isTrue();
        if (command.text().startsWith("curl ")) {
            softly.assertThat(said.out()).as("%s", command).isNotBlank();
        }
        if (TRANSCRIPTS.contains(command.page())) {
            for (String line : command.output()) {
                if (!line.isBlank() && !line.equals("...") && !countsOthers(command, line)) {
                    softly.assertThat((said.out() + said.err()).lines())
                            .as("%s shows: %s%n%s", command, line, said)
                            .anyMatch(shown(line).asMatchPredicate());
                }
            }
        }
    }

    /** Other tests have VMs in the cluster, too. */
    private static boolean countsOthers(Command command, String line) {
        return command.text().endsWith(" -A") && line.startsWith("cbtguard: VMs: ");
    }

    /** The plugin says by its exit code what it decided. */
    private static boolean isAsShown(Command command, int exit) {
        return exit == 0 || exit == 10 && command.text().contains("cbtguard decide");
    }

    /** With the names of this bed. */
    private String here(String command) {
        boolean isOurs = command.matches("(?s).*\\b(get|describe) (vcenter|vmrecords|events)\\b.*");
        return command.replaceAll("\\bshop\\b", bed.shop)
                .replaceAll(bed.shop + "/web\\b(?!-)", bed.shop + "/web-01")
                .replace("backup/lab", bed.own + "/lab")
                .replace("127.0.0.1:8081", "127.0.0.1:" + bed.pagePort())
                .replace("OPERATOR_NAMESPACE", bed.own)
                .replace("NAMESPACE", isOurs ? bed.own : bed.shop)
                .replaceAll("\\bNAME\\b", isOurs ? "lab" : "web-01")
                .replace("ADVISORY", "broadcom-317933");
    }

    /** Matches what comes out in place of a line that a page shows. */
    private Pattern shown(String line) {
        String cut = line.replaceFirst("\\.\\.\\.$", "");
        String words = Pattern.compile("\\S+")
                .matcher(cut.strip())
                .results()
                .map(word -> word.group().equals("shop") ? bed.shop : word.group())
                .map(word -> OWN.matcher(word).matches() ? "\\S+" : numbered(word))
                .collect(Collectors.joining("\\s+"));
        return Pattern.compile("\\s*" + words + (cut.equals(line) ? "\\s*" : ".*"));
    }

    /** Event keys count what else happened. */
    private static String numbered(String word) {
        return word.contains("eventKey") || word.matches("\\d+")
                ? word.replaceAll("([\\\\{}.\\[\\]])", "\\\\$1").replaceAll("\\d+", "\\\\d+")
                : Pattern.quote(word);
    }

    /** What the README's tool writes when it is done: here, that it could not. */
    private void reportFailure() throws IOException {
        var decision =
                Objects.requireNonNull(bed.backup("web-01-0003").getStatus().decision());
        Files.writeString(folder.resolve("report.json"), """
                {"spec": {"report": {"decisionToken": "%s", "outcome": "Failed", "message": "no space left"}}}
                """.formatted(decision.token()));
    }
}
