package io.cbtguard.simulator.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A reader's position stays right while the log grows and is forgotten. */
class HistoryReaderTest {
    private final History<Integer> history = new History<>();

    @BeforeEach
    void fill() {
        List.of(1, 2, 3, 4, 5).forEach(history::append);
    }

    private HistoryReader<Integer> reader() {
        return new HistoryReader<>(history, any -> true);
    }

    @Test
    void aNewReaderStandsAtTheOldest() {
        assertThat(reader().next(2)).containsExactly(1, 2);
    }

    @Test
    void backwardGivesTheNewestFirst() {
        HistoryReader<Integer> reader = reader();
        reader.next(1000);
        assertThat(reader.previous(2)).containsExactly(5, 4);
        assertThat(reader.previous(10)).containsExactly(3, 2, 1);
        assertThat(reader.previous(10)).isEmpty();
    }

    @Test
    void whatWasForgottenIsSkipped() {
        HistoryReader<Integer> reader = reader();
        reader.next(1);
        history.keepAtMost(2);
        assertThat(reader.next(10)).containsExactly(4, 5);
    }

    @Test
    void theLatestPageDoesNotMoveTheReader() {
        HistoryReader<Integer> reader = reader();
        reader.setPageSize(2);
        assertThat(reader.latest()).containsExactly(5, 4);
        assertThat(reader.next(1)).containsExactly(1);
    }

    @Test
    void aResetReaderStandsBeforeTheLatestPage() {
        HistoryReader<Integer> reader = reader();
        reader.setPageSize(2);
        reader.reset();
        assertThat(reader.previous(1)).containsExactly(3);
    }
}
