package io.cbtguard.vsphere;

import static io.cbtguard.vsphere.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.vmware.vim25.Event;
import com.vmware.vim25.EventEx;
import com.vmware.vim25.VmRemovedEvent;
import io.cbtguard.inventory.Position;
import io.cbtguard.vsphere.EventTail.Item;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventTailTest {
    private static final Instant NOW = NOON.plusSeconds(3600);

    private static List<Item> read(EventTail tail, Event... events) {
        List<Item> items = new ArrayList<>();
        for (Event event : events) {
            tail.take(event, items);
        }
        tail.ended(NOW, items);
        return items;
    }

    private static Event event(int key, int secondsAfterNoon) {
        return Events.stamped(new VmRemovedEvent(), key, secondsAfterNoon, key, "vm-9");
    }

    private static List<Long> happened(List<Item> items) {
        return items.stream()
                .filter(Item.Happened.class::isInstance)
                .map(item -> ((Item.Happened) item).at().key())
                .toList();
    }

    private static List<Item.Gap> gaps(List<Item> items) {
        return items.stream()
                .filter(Item.Gap.class::isInstance)
                .map(Item.Gap.class::cast)
                .toList();
    }

    private static Position at(int epoch, long key, int secondsAfterNoon) {
        return new Position(epoch, key, NOON.plusSeconds(secondsAfterNoon));
    }

    @Test
    void a_vcenter_never_watched_before_begins_now() {
        EventTail tail = new EventTail(Position.ofTime(0, NOON));

        List<Item> items = read(tail, event(7, -30), event(8, 0), event(9, 5));

        assertThat(happened(items)).containsExactly(9L);
        assertThat(gaps(items)).isEmpty();
        assertThat(tail.head()).isEqualTo(at(0, 9, 5));
    }

    @Test
    void the_last_event_before_the_start_marks_the_head_when_nothing_came_since() {
        EventTail tail = new EventTail(Position.ofTime(0, NOON));

        read(tail, event(7, -30), event(8, -20));

        assertThat(tail.head()).isEqualTo(at(0, 8, -20));
    }

    @Test
    void resumes_without_a_gap_when_the_cursor_s_event_is_there_unchanged() {
        EventTail tail = new EventTail(at(0, 8, 0));

        List<Item> items = read(tail, event(7, -30), event(8, 0), event(9, 5));

        assertThat(happened(items)).contains(9L).doesNotContain(8L);
        assertThat(gaps(items)).isEmpty();
    }

    @Test
    void what_stands_shortly_before_the_cursor_may_have_been_written_late_and_is_told_where_it_stands() {
        EventTail tail = new EventTail(at(0, 8, 0));

        List<Item> items = read(tail, event(6, -40), event(7, -30), event(8, 0));

        assertThat(items)
                .filteredOn(Item.Happened.class::isInstance)
                .map(Item.Happened.class::cast)
                .allSatisfy(happened -> assertThat(happened.isLate()).isFalse())
                .extracting(Item.Happened::at)
                .containsExactly(at(0, 6, -40), at(0, 7, -30));
        assertThat(tail.head()).isEqualTo(at(0, 8, 0));
    }

    @Test
    void why_a_revert_failed_its_task_says_so_a_failure_before_the_cursor_is_not_told_again() {
        EventTail tail = new EventTail(at(0, 8, 0));
        EventEx failed = new EventEx();
        failed.setEventTypeId("com.vmware.vc.vm.VmStateFailedToRevertToSnapshot");
        failed.setKey(7);
        failed.setCreatedTime(event(7, -30).getCreatedTime());

        assertThat(happened(read(tail, failed, event(8, 0)))).isEmpty();
    }

    @Test
    void what_was_written_late_while_nobody_listened_is_told_as_late_and_what_was_told_is_not_told_again() {
        EventTail tail = new EventTail(Position.ofTime(0, NOON));
        read(tail, event(7, 10), event(9, 30));
        tail.reconnected(true);

        List<Item> items = read(tail, event(7, 10), event(8, 20), event(9, 30));

        assertThat(happened(items)).containsExactly(8L);
        assertThat(items)
                .filteredOn(Item.Happened.class::isInstance)
                .map(Item.Happened.class::cast)
                .allSatisfy(happened -> assertThat(happened.isLate()).isTrue());
        assertThat(tail.head()).isEqualTo(at(0, 9, 30));
    }

    @Test
    void a_head_whose_event_is_older_than_what_is_read_again_is_no_gap_when_it_was_found() {
        EventTail tail = new EventTail(at(0, 8, 0));
        tail.reconnected(true);

        List<Item> items = read(tail, event(9, 5));

        assertThat(gaps(items)).isEmpty();
        assertThat(happened(items)).containsExactly(9L);
    }

    @Test
    void a_head_taken_from_a_view_is_later_than_its_event_and_what_lies_between_is_read() {
        EventTail tail = new EventTail(at(0, 8, 30));

        List<Item> items = read(tail, event(8, 0), event(9, 10), event(10, 40));

        assertThat(gaps(items)).isEmpty();
        assertThat(happened(items)).containsExactly(9L, 10L);
    }

    @Test
    void history_that_begins_after_the_cursor_is_a_gap_within_the_same_order() {
        EventTail tail = new EventTail(at(0, 8, 0));

        List<Item> items = read(tail, event(400, 900), event(401, 901));

        assertThat(gaps(items)).hasSize(1);
        assertThat(gaps(items).getFirst().from()).isEqualTo(at(0, 8, 0));
        assertThat(gaps(items).getFirst().to()).isEqualTo(at(0, 400, 900));
        assertThat(happened(items)).containsExactly(400L, 401L);
        assertThat(tail.epoch()).isZero();
    }

    @Test
    void another_event_under_the_cursor_s_key_means_that_history_went_back() {
        EventTail tail = new EventTail(at(2, 8, 0));

        List<Item> items = read(tail, event(7, -30), event(8, 50), event(9, 60));

        assertThat(gaps(items)).hasSize(1);
        assertThat(tail.epoch()).isEqualTo(3);
        assertThat(happened(items)).endsWith(8L, 9L);
        assertThat(at(2, 8, 0).isBefore(tail.head())).isTrue();
    }

    @Test
    void a_history_that_went_back_to_after_the_cursor_is_a_gap_up_to_now_and_a_new_order() {
        EventTail tail = new EventTail(at(0, 8, 0));
        List<Item> items = new ArrayList<>();
        tail.wentBack(at(0, 20, 30), NOON.plusSeconds(100), items);

        items.addAll(read(tail, event(8, 0), event(9, 10), event(21, 60), event(22, 110)));

        assertThat(gaps(items)).singleElement().satisfies(gap -> {
            assertThat(gap.from()).isEqualTo(at(0, 8, 0));
            assertThat(gap.to()).isEqualTo(Position.ofTime(1, NOON.plusSeconds(100)));
            assertThat(gap.why()).contains("event 20");
        });
        assertThat(happened(items)).containsExactly(22L);
        assertThat(tail.head()).isEqualTo(at(1, 22, 110));
    }

    @Test
    void an_empty_history_where_a_cursor_was_is_a_gap_and_a_new_order() {
        EventTail tail = new EventTail(at(0, 8, 0));

        List<Item> items = read(tail);

        assertThat(gaps(items)).hasSize(1);
        assertThat(gaps(items).getFirst().to()).isEqualTo(Position.ofTime(1, NOW));
        assertThat(happened(read(tail, event(1, 4000)))).containsExactly(1L);
        assertThat(tail.head()).isEqualTo(at(1, 1, 4000));
    }

    @Test
    void an_event_that_is_written_late_counts_once_and_keeps_its_own_position() {
        EventTail tail = new EventTail(Position.ofTime(0, NOON));

        List<Item> items = read(tail, event(20, 1), event(22, 2), event(21, 2), event(21, 2));

        assertThat(happened(items)).containsExactly(20L, 22L, 21L);
        assertThat(((Item.Happened) items.getLast()).isLate()).isTrue();
        assertThat(tail.head().key()).isEqualTo(22);
        assertThat(gaps(items)).isEmpty();
    }

    @Test
    void keys_that_fall_far_open_a_new_order() {
        EventTail tail = new EventTail(Position.ofTime(0, NOON));
        read(tail, event(2_000_000_000, 1));

        List<Item> items = read(tail, event(1, 2), event(2, 3));

        assertThat(gaps(items)).hasSize(1);
        assertThat(happened(items)).containsExactly(1L, 2L);
        assertThat(tail.head()).isEqualTo(at(1, 2, 3));
    }

    @Test
    void events_that_are_read_again_after_a_reconnection_do_not_count_again() {
        EventTail tail = new EventTail(Position.ofTime(0, NOON));
        read(tail, event(1, 1), event(2, 2), event(3, 3));

        tail.reconnected(true);
        List<Item> items = read(tail, event(1, 1), event(2, 2), event(3, 3), event(4, 3), event(5, 9));

        assertThat(gaps(items)).isEmpty();
        assertThat(happened(items)).containsExactly(4L, 5L);
    }

    @Test
    void a_clock_that_steps_back_opens_a_new_order_with_a_gap() {
        EventTail tail = new EventTail(Position.ofTime(0, NOON));
        read(tail, event(1, 100));
        List<Item> items = new ArrayList<>();

        tail.clockSteppedBack(NOON.plusSeconds(101), NOON.plusSeconds(5), true, items);

        assertThat(gaps(items)).hasSize(1);
        assertThat(tail.readFrom()).isBefore(NOON.plusSeconds(5));
        List<Item> later = read(tail, event(2, 7));
        assertThat(happened(later)).containsExactly(2L);
        assertThat(gaps(later)).isEmpty();
        assertThat(at(0, 1, 100).isBefore(tail.head())).isTrue();
    }

    @Test
    void what_was_handled_before_the_clock_stepped_back_is_not_told_again_by_a_new_watch() {
        EventTail tail = new EventTail(at(0, 8, 1800));
        List<Item> items = new ArrayList<>();
        tail.clockSteppedBack(NOON.plusSeconds(1800), NOON, true, items);

        items.addAll(read(tail, event(7, 900), event(8, 1800), event(9, 20)));

        assertThat(gaps(items)).hasSize(1);
        assertThat(happened(items)).containsExactly(9L);
        assertThat(tail.epoch()).isEqualTo(1);
    }

    @Test
    void small_keys_after_the_clock_stepped_back_are_new_where_the_last_event_is_gone() {
        EventTail tail = new EventTail(at(0, 8, 1800));
        List<Item> items = new ArrayList<>();
        tail.clockSteppedBack(NOON.plusSeconds(1800), NOON, false, items);

        items.addAll(read(tail, event(1, 10), event(2, 20)));

        assertThat(happened(items)).containsExactly(1L, 2L);
    }

    @Test
    void a_head_that_is_dated_later_than_the_present_does_not_keep_the_present_from_being_read() {
        EventTail tail = new EventTail(at(0, 8, 0));
        List<Item> items = new ArrayList<>();
        tail.take(event(8, 0), items);
        tail.take(event(9, 1800), items);
        tail.ended(NOON.plusSeconds(300), items);

        assertThat(tail.head().key()).isEqualTo(9);
        assertThat(tail.readFrom()).isBefore(NOON.plusSeconds(300));
    }

    @Test
    void a_time_without_an_event_that_is_older_than_history_is_a_gap_until_now() {
        EventTail tail = new EventTail(Position.ofTime(0, NOON));
        List<Item> items = new ArrayList<>();

        tail.expired(NOW, items);
        items.addAll(read(tail, event(7, 1800)));

        assertThat(gaps(items)).singleElement().satisfies(gap -> {
            assertThat(gap.from()).isEqualTo(Position.ofTime(0, NOON));
            assertThat(gap.to()).isEqualTo(Position.ofTime(0, NOW));
        });
        assertThat(happened(items)).containsExactly(7L);
    }

    @Test
    void of_events_that_say_nothing_about_change_ids_only_the_place_is_kept() {
        EventTail tail = new EventTail(at(0, 8, 0));

        List<Item> items = read(tail, Events.event(8, 0), Events.event(9, 5), event(10, 7), Events.event(11, 8));

        assertThat(items).singleElement().isInstanceOfSatisfying(Item.Happened.class, happened -> {
            assertThat(happened.at().key()).isEqualTo(10);
            assertThat(happened.previous()).isEqualTo(at(0, 9, 5));
        });
        assertThat(tail.head()).isEqualTo(at(0, 11, 8));
    }
}
