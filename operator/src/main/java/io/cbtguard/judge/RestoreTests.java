package io.cbtguard.judge;

import io.cbtguard.judge.record.Chain;
import io.cbtguard.judge.record.Folded;
import io.cbtguard.judge.record.Point;
import io.cbtguard.judge.record.RestoreTest;
import io.cbtguard.judge.record.VmRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Test restores of the points of one namespace's chains. They remind people, and show what was found; no trust follows from one: a
 * point whose change IDs lied may well start.
 */
final class RestoreTests {
    private RestoreTests() {}

    /** The record that holds the test, or empty if there is no such point; an older test changes nothing. */
    static Optional<VmRecord> take(VmRecord record, Protection protection, RestoreTest test) {
        return record.chainsOf(protection.namespaceUid())
                .filter(chain -> chain.point(test.run()).isPresent()
                        || chain.tests().contains(test)) // told again after its point has left history
                .findFirst()
                .map(chain -> isNewest(chain, test) ? record.withChain(with(chain, test)) : record);
    }

    private static boolean isNewest(Chain chain, RestoreTest test) {
        return chain.tests().stream()
                .filter(known -> known.outcome() == test.outcome())
                .allMatch(known -> test.at().isAfter(known.at()));
    }

    private static Chain with(Chain chain, RestoreTest test) {
        return chain.withTests(Stream.concat(
                        chain.tests().stream().filter(known -> known.outcome() != test.outcome()), Stream.of(test))
                .sorted(Comparator.comparing(RestoreTest::outcome))
                .toList());
    }

    /** The newest that passed. */
    static Optional<RestoreTest> passed(VmRecord record, Protection protection) {
        return tests(record, protection).filter(RestoreTest::passed).max(Comparator.comparing(RestoreTest::at));
    }

    private static Stream<RestoreTest> tests(VmRecord record, Protection protection) {
        return record.chainsOf(protection.namespaceUid()).flatMap(chain -> chain.tests().stream());
    }

    /** When the next test is due; null if the policy wants none, or if there is nothing yet that could be tested. */
    static @Nullable Instant due(VmRecord record, Protection protection) {
        Duration maxAge = protection.restoreTestAge();
        if (maxAge == null) {
            return null;
        }
        return passed(record, protection)
                .map(RestoreTest::at)
                .or(() -> firstPoint(record, protection))
                .map(from -> from.plus(maxAge))
                .orElse(null);
    }

    /** What is overdue, in a sentence. */
    static String overdue(VmRecord record, Protection protection) {
        Optional<RestoreTest> passed = passed(record, protection);
        String last = passed.map(
                        test -> "The newest test restore that passed is of " + test.at() + " (" + test.run() + ")")
                .orElse("No test restore has passed since the first restore point");
        String failed = tests(record, protection)
                .filter(test -> !test.passed())
                .filter(test ->
                        passed.isEmpty() || test.at().isAfter(passed.get().at()))
                .max(Comparator.comparing(RestoreTest::at))
                .map(test -> " The test of " + test.run() + " at " + test.at() + " failed.")
                .orElse("");
        return last + ", longer ago than " + protection.restoreTestAge() + "." + failed
                + " Restore a Good point somewhere else, look at it, and declare that by a VMRestore of kind Test.";
    }

    private static Optional<Instant> firstPoint(VmRecord record, Protection protection) {
        return record.chainsOf(protection.namespaceUid())
                .flatMap(RestoreTests::begins)
                .min(Comparator.naturalOrder());
    }

    private static Stream<Instant> begins(Chain chain) {
        Folded folded = chain.folded();
        Instant oldest = folded.since() == null ? folded.until() : folded.since(); // 0.1.0 kept only the newest
        return Stream.concat(Stream.ofNullable(oldest), chain.points().stream().map(Point::at));
    }
}
