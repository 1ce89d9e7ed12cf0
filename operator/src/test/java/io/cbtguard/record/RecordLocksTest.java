package io.cbtguard.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Writes of one record come one after the other; those of others do not wait. */
class RecordLocksTest {
    private final RecordLocks locks = new RecordLocks();

    private CompletableFuture<Void> taken(String name) {
        return CompletableFuture.runAsync(
                () -> locks.lock(new RecordRef("guard", name)).close());
    }

    @Test
    void noRecordWaitsForAnother() throws Exception {
        try (var held = locks.lock(new RecordRef("guard", "slow"))) {
            for (int i = 0; i < 200; i++) {
                taken("other-" + i).get(10, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void theSameRecordWaitsAndNothingIsKeptAfterwards() throws Exception {
        CompletableFuture<Void> second;
        try (var held = locks.lock(new RecordRef("guard", "slow"))) {
            second = taken("slow");
            org.awaitility.Awaitility.await().until(() -> locks.users(new RecordRef("guard", "slow")) == 2);
            assertThat(second).isNotDone();
        }
        second.get(10, TimeUnit.SECONDS);

        assertThat(locks.users(new RecordRef("guard", "slow"))).isZero();
    }
}
