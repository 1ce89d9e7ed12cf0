package io.cbtguard.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.preflight.TimeLimit.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nobody waits for what does not answer. */
class TimeLimitTest {
    private static final Step GOOD = new Step("good", () -> List.of(Checked.ok("good", "")));

    @Test
    @Timeout(30)
    void whatDoesNotAnswerInTimeIsMissingAndKeepsNothingElseFromBeingSaid() throws InterruptedException {
        Step mute = new Step("mute", () -> {
            waitForEver();
            return List.of();
        });

        assertThat(new TimeLimit(Duration.ofSeconds(1)).look(List.of(mute, GOOD)))
                .containsExactly(Checked.missing("mute", "no answer within 1 s"), Checked.ok("good", ""));
    }

    /** As code does that catches everything. */
    private static void waitForEver() {
        CountDownLatch never = new CountDownLatch(1);
        while (true) {
            try {
                never.await();
            } catch (InterruptedException unheeded) {
                continue;
            }
        }
    }

    @Test
    void whatFailsIsMissingWithTheInnermostWords() throws InterruptedException {
        Step broken = new Step("broken", () -> {
            throw new IllegalStateException("outer", new IOException("connection refused"));
        });

        assertThat(new TimeLimit(Duration.ofSeconds(10)).look(List.of(broken, GOOD)))
                .containsExactly(Checked.missing("broken", "connection refused"), Checked.ok("good", ""));
    }
}
