package io.cbtguard.testkit.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvFileTest {
    @TempDir
    Path folder;

    @Test
    void aShellReadsBackWhatWasWrittenWhateverCharactersItHas() throws Exception {
        Path env = folder.resolve("env");
        EnvFile.write(env, Map.of("SECRET", "it's $HOME & \"more\""));

        var shell = new ProcessBuilder("sh", "-c", ". \"$0\"; printf %s \"$SECRET\"", env.toString()).start();

        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("it's $HOME & \"more\"");
    }

    @Test
    void onlyItsOwnerCanReadTheFileBecauseItHoldsAPassword() throws Exception {
        Path env = folder.resolve("env");
        EnvFile.write(env, Map.of("A", "1"));
        EnvFile.write(env, Map.of("A", "2"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(env)))
                .isEqualTo("rw-------");
        assertThat(env).content().isEqualTo("export A='2'\n");
    }
}
