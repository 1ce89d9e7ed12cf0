package io.cbtguard.judge.manual;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.CheckedIn;
import io.cbtguard.api.v1alpha1.Reasons;
import io.cbtguard.judge.Reason;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Guards the checked-in page of reasons against the table it is made from; with {@code -Dreasons.write=true} it writes it. */
class ReasonsPageTest {
    private static final String WRITE = "reasons.write";
    static final String REGENERATE = CheckedIn.command(ReasonsPageTest.class, WRITE);

    @Test
    void theCheckedInPageIsWhatTheTableSays() throws IOException {
        CheckedIn.is("docs/reasons.md", ReasonsPage.text(), ReasonsPageTest.class, WRITE);
    }

    @Test
    void everyReasonThatTheJudgeOrTheApiKnowsIsExplainedOnce() {
        assertThat(explained()).doesNotHaveDuplicates();
        assertThat(explained())
                .containsAll(Arrays.stream(Reason.values()).map(Reason::name).toList())
                .containsAll(apiReasons());
    }

    @Test
    void noReasonIsExplainedThatNobodyCanMeetUnlessItIsLabelledUnverified() {
        List<String> unverified = Causes.all().stream()
                .filter(c -> c.standing() == Standing.UNVERIFIED)
                .map(Cause::reason)
                .toList();

        assertThat(explained())
                .allSatisfy(reason -> assertThat(apiReasons().contains(reason) || unverified.contains(reason))
                        .as(reason)
                        .isTrue());
        assertThat(Arrays.stream(Reason.values()).map(Reason::name)).doesNotContainAnyElementsOf(unverified);
    }

    @Test
    void causesOfTheJudgeStandInTheOrderInWhichItBreaksTies() {
        List<String> judged = Arrays.stream(Reason.values()).map(Reason::name).toList();

        assertThat(Causes.all().stream().map(Cause::reason).filter(judged::contains))
                .isSortedAccordingTo((a, b) -> Integer.compare(judged.indexOf(a), judged.indexOf(b)));
    }

    @Test
    void whatIsSourcedNamesItsSource() {
        assertThat(Causes.all())
                .filteredOn(c -> c.standing() == Standing.SOURCED)
                .allSatisfy(c -> assertThat(c.source()).isNotBlank());
    }

    private static List<String> explained() {
        return Stream.concat(
                        Causes.all().stream().map(Cause::reason),
                        States.all().stream().map(State::reason))
                .toList();
    }

    private static List<String> apiReasons() {
        return Arrays.stream(Reasons.class.getFields())
                .map(ReasonsPageTest::value)
                .toList();
    }

    private static String value(Field constant) {
        try {
            return (String) constant.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
