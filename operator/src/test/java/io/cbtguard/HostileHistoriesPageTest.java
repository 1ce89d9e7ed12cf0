package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.testkit.process.Checkout;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** {@code docs/hostile-histories.md} names for each history tests that exist, and leaves out none that is about histories only. */
class HostileHistoriesPageTest {
    private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(\\w+)`");

    static List<String> histories() throws IOException {
        return Files.readAllLines(Checkout.root().resolve("docs/hostile-histories.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| history"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("histories")
    void eachHistoryIsPlayedByTestsThatExist(String history) throws IOException, ClassNotFoundException {
        List<MatchResult> tests = TEST.matcher(history).results().toList();
        assertThat(tests).isNotEmpty();
        for (MatchResult test : tests) {
            assertThat(tests(test.group(1))).contains(test.group(2));
        }
    }

    @Test
    void everyTestOfHostileHistoriesHasItsPlaceHere() throws IOException, ClassNotFoundException {
        String page = String.join("\n", histories());
        for (String name : List.of("HostileHistoriesTest", "HostileHistoriesIT")) {
            assertThat(tests(name)).isNotEmpty().allSatisfy(test -> assertThat(page)
                    .contains("`" + name + "." + test + "`"));
        }
    }

    /** Names of the tests in a class of this module. */
    private static List<String> tests(String simpleName) throws IOException, ClassNotFoundException {
        Path sources = Checkout.root().resolve("operator/src/test/java");
        try (Stream<Path> files = Files.walk(sources)) {
            Path source = files.filter(file -> file.endsWith(simpleName + ".java"))
                    .findFirst()
                    .orElseThrow();
            String path = sources.relativize(source).toString().replace('/', '.');
            Class<?> type = Class.forName(
                    path.substring(0, path.length() - ".java".length()),
                    false,
                    HostileHistoriesPageTest.class.getClassLoader());
            return Stream.of(type.getDeclaredMethods())
                    .filter(method -> AnnotationSupport.isAnnotated(method, Testable.class))
                    .map(Method::getName)
                    .toList();
        }
    }
}
