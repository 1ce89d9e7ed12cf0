package io.cbtguard.simulator.property;

import static io.cbtguard.simulator.property.Versions.Verdict.GO_ON;
import static io.cbtguard.simulator.property.Versions.Verdict.REFUSE;
import static io.cbtguard.simulator.property.Versions.Verdict.RESTART;
import static io.cbtguard.simulator.property.Versions.Verdict.TELL_AGAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.simulator.core.MoRef;
import org.junit.jupiter.api.Test;

/** A collector accepts its last version, and the one before it if the answer may have been lost. */
class VersionsTest {
    private final Versions versions = new Versions(new MoRef("PropertyCollector", "one"));

    @Test
    void anEmptyVersionStartsOver() {
        assertThat(versions.accept("")).isEqualTo(RESTART);
        assertThat(versions.accept(null)).isEqualTo(RESTART);
    }

    @Test
    void theLastVersionGoesOn() {
        versions.accept("");
        assertThat(versions.accept(versions.issue(false))).isEqualTo(GO_ON);
    }

    @Test
    void theVersionBeforeTellsAgain() {
        versions.accept("");
        String first = versions.issue(false);
        versions.accept(first);
        versions.issue(false);
        assertThat(versions.accept(first)).isEqualTo(TELL_AGAIN);
        assertThat(versions.accept(versions.issue(false))).isEqualTo(GO_ON);
    }

    @Test
    void aTruncatedVersionIsGoodOnce() {
        versions.accept("");
        String truncated = versions.issue(true);
        versions.accept(truncated);
        versions.issue(false);
        assertThat(versions.accept(truncated)).isEqualTo(REFUSE);
    }

    @Test
    void anythingElseIsRefused() {
        versions.accept("");
        versions.issue(false);
        assertThat(versions.accept("7")).isEqualTo(REFUSE);
    }
}
