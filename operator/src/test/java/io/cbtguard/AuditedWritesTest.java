package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditedWritesTest {
    @TempDir
    Path folder;

    @Test
    void onlyWritesOfTheNamedOperatorsToObjectsOfTheirsCountFromNowOn() throws IOException {
        Path log = Files.writeString(
                folder.resolve("audit.log"), line("cbtguard/mine-1_x", "update", "cbtguard.io", "old"));
        try (var writes = new AuditedWrites(log, "mine-")) {
            append(log, line("cbtguard/mine-1_x", "patch", "cbtguard.io", "web"));
            append(log, line("cbtguard/mine-1_x", "watch", "cbtguard.io", "web"));
            append(log, line("cbtguard/mine-1_x", "update", "coordination.k8s.io", "lease"));
            append(log, line("cbtguard/other-1_x", "patch", "cbtguard.io", "web"));
            append(log, line("kubectl/v1", "patch", "cbtguard.io", "cbtguard/mine-1"));

            assertThat(writes.all())
                    .containsExactly(new AuditedWrites.Write(
                            "mine-1_x",
                            "things shop/web",
                            Instant.parse("2026-11-30T10:00:00.000001Z"),
                            Instant.parse("2026-11-30T10:00:00.5Z"),
                            200));
        }
    }

    @Test
    void aLineIsReadWhenItIsWholeAndALogThatIsPutAsideIsReadToItsEnd() throws IOException {
        Path log = Files.writeString(folder.resolve("audit.log"), "");
        String first = line("cbtguard/mine-1_x", "patch", "cbtguard.io", "first");
        try (var writes = new AuditedWrites(log, "mine-")) {
            append(log, first.substring(0, 40));
            assertThat(writes.all()).isEmpty();
            append(log, first.substring(40));

            Files.move(log, folder.resolve("audit-1.log"));
            Files.writeString(log, line("cbtguard/mine-1_x", "patch", "cbtguard.io", "second"));

            assertThat(writes.all())
                    .extracting(AuditedWrites.Write::object)
                    .containsExactly("things shop/first", "things shop/second");
        }
    }

    private static void append(Path log, String line) throws IOException {
        Files.writeString(log, line, StandardOpenOption.APPEND);
    }

    private static String line(String agent, String verb, String group, String name) {
        return """
                {"verb":"%s","userAgent":"%s","objectRef":{"resource":"things","namespace":"shop","name":"%s","apiGroup":"%s"},\
                "responseStatus":{"code":200},"requestReceivedTimestamp":"2026-11-30T10:00:00.000001Z",\
                "stageTimestamp":"2026-11-30T10:00:00.500000Z"}
                """.formatted(verb, agent, name, group);
    }
}
