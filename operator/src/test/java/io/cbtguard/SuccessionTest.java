package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.AuditedWrites.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuccessionTest {
    private static final Instant START = Instant.parse("2026-11-30T10:00:00Z");
    private static final int CONFLICT = 409;

    @Test
    void whoWritesOverWhatHisSuccessorWroteIsFound() {
        Write over = write(3, "first", "web", 200);

        var succession = new Succession(List.of(write(1, "first", "web", 200), write(2, "second", "web", 200), over));

        assertThat(succession.overwritten()).containsExactly(over);
    }

    @Test
    void whatIsRefusedOverwritesNothing() {
        Write refused = write(3, "first", "web", CONFLICT);

        var succession =
                new Succession(List.of(write(1, "first", "web", 200), write(2, "second", "web", 200), refused));

        assertThat(succession.overwritten()).isEmpty();
        assertThat(succession.late()).containsExactly(refused);
    }

    @Test
    void aLateWriteToAnObjectThatNoSuccessorWroteIsLateAndNoMore() {
        Write late = write(5, "first", "db", 200);

        var succession = new Succession(List.of(write(1, "first", "web", 200), write(2, "second", "web", 200), late));

        assertThat(succession.overwritten()).isEmpty();
        assertThat(succession.late()).containsExactly(late);
        assertThat(succession.lateness(late)).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void leadersFollowEachOtherByTheirFirstWriteThatWasTaken() {
        var succession = new Succession(List.of(
                write(1, "first", "web", 200),
                write(2, "third", "web", CONFLICT),
                write(3, "second", "web", 200),
                write(4, "third", "web", 200)));

        assertThat(succession.leaders()).containsExactly("first", "second", "third");
        assertThat(succession.firstWriteAfter(START.plusSeconds(2))).isEqualTo(START.plusSeconds(3));
        assertThat(succession.late()).isEmpty();
    }

    private static Write write(int second, String holder, String object, int code) {
        Instant done = START.plusSeconds(second);
        return new Write(holder, object, done.minusMillis(5), done, code);
    }
}
