package io.cbtguard.vsphere;

import static io.cbtguard.vsphere.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.vmware.vim25.Event;
import com.vmware.vim25.VmRemovedEvent;
import io.cbtguard.inventory.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventPagesTest {
    private static final int PAGE = 1000;
    private static final int PAGES = 200;

    private int next;

    /** A long history: one event in four says something. */
    private List<Event> page() {
        if (next == PAGE * PAGES) {
            return List.of();
        }
        return IntStream.range(0, PAGE)
                .map(i -> ++next)
                .mapToObj(key -> key % 4 == 0
                        ? Events.<Event>stamped(new VmRemovedEvent(), key, key, key, "vm-1")
                        : Events.event(key, key))
                .toList();
    }

    @Test
    void a_history_however_long_keeps_no_more_than_what_matters_of_one_page() throws Exception {
        EventTail tail = new EventTail(Position.ofTime(0, NOON));
        List<EventTail.Item> items = new ArrayList<>();
        List<Integer> kept = new ArrayList<>();

        boolean isAtEnd = EventPages.read(this::page, tail, items, () -> {
            kept.add(items.size());
            items.clear();
        });

        assertThat(isAtEnd).isTrue();
        assertThat(kept).hasSize(PAGES).containsOnly(PAGE / 4);
        assertThat(tail.head().key()).isEqualTo(PAGE * PAGES);
    }
}
