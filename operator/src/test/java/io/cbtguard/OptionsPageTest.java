package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Guards the checked-in page of options against the options themselves; with {@code -Doptions.write=true} it writes it. */
class OptionsPageTest {
    private static final String WRITE = "options.write";
    private static final String REGENERATE = CheckedIn.command(OptionsPageTest.class, WRITE);
    /** What picocli calls a default that is not given. */
    private static final String UNSET = "__no_default_value__";

    @Test
    void theCheckedInPageIsWhatTheOptionsSay() throws IOException {
        CheckedIn.is("docs/options.md", text(), OptionsPageTest.class, WRITE);
    }

    @Test
    void theVariableThatThePageNamesSetsTheOption() {
        Options options = Options.parse(java.util.Map.of(variable("--http-port"), "4711"));

        assertThat(options.httpPort).isEqualTo(4711);
    }

    private static String text() {
        StringBuilder page = new StringBuilder("""
                # Options of the operator

                Generated from `io.cbtguard.Options`; to change it, change the option there and run
                `%s`.

                The command line comes before the environment. What is malformed stops the start with a message. In the chart most of them
                follow from values; the others can be given by `extraArgs` and `extraEnv` ([values](values.md)).

                | option | variable | default | |
                |---|---|---|---|
                """.formatted(REGENERATE));
        for (OptionSpec option : new CommandLine(new Options()).getCommandSpec().options()) {
            if (!option.usageHelp() && !option.versionHelp()) {
                page.append("| `%s` | `%s` | %s | %s |%n"
                        .formatted(
                                option.longestName(),
                                variable(option.longestName()),
                                standard(option),
                                description(option)));
            }
        }
        return page.toString();
    }

    private static String variable(String option) {
        return "CBTGUARD_" + option.replaceFirst("^-+", "").replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** As it is written in the code: with the variable of the environment that it may come from. */
    private static String standard(OptionSpec option) {
        String value = ((Field) option.userObject())
                .getAnnotation(CommandLine.Option.class)
                .defaultValue();
        if (value.equals(UNSET)) {
            return "-";
        }
        return value.startsWith("${env:")
                ? value.replaceFirst("^\\$\\{env:(\\w+):-(.*)}$", "`\\$$1`, else `$2`")
                : "`" + value + "`";
    }

    private static String description(OptionSpec option) {
        String candidates =
                option.completionCandidates() == null ? "" : String.join(", ", option.completionCandidates());
        return String.join(" ", option.description())
                .replace("${COMPLETION-CANDIDATES}", candidates)
                .replace("|", "\\|");
    }
}
