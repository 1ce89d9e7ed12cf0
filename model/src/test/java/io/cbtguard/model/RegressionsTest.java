package io.cbtguard.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Histories that failed once, each in a file that says what was wrong. */
class RegressionsTest {
    private static final Path FOLDER = Path.of("src/test/resources/regressions");

    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void isSound(String name) throws IOException {
        String text = Files.readString(FOLDER.resolve(name));
        Plan plan = Plan.parse(text);

        assertThat(text).as("a first line that says what was wrong").startsWith("# ");
        assertThat(Player.play(plan, Mix.read(), new Tally())).isNull();
    }
}
