package io.cbtguard.vsphere;

import static io.cbtguard.vsphere.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private static final Position START = at(10);

    private final Backlog backlog = new Backlog(START);

    private static Position at(long key) {
        return new Position(0, key, NOON.plusSeconds(key));
    }

    private static Occurrence occurrence(OccurrenceKind kind, long key, String taskKey) {
        return new Occurrence(
                kind, Interval.at(at(key)), at(key), "vm-1", null, key, "", "", taskKey, "", "", true, "ann", "");
    }

    private static Occurrence reverted(long key) {
        return occurrence(OccurrenceKind.REVERTED, key, "");
    }

    private List<Occurrence> of(String vm) {
        return backlog.picture().of(vm);
    }

    @Test
    void the_cursor_stands_where_it_was_until_somebody_says_which_vms_count() {
        backlog.advance(at(12), null);
        assertThat(backlog.cursor()).isEqualTo(START);

        backlog.add("vm-1", reverted(13), 1, at(12));
        backlog.advance(at(14), null);
        assertThat(backlog.cursor()).isEqualTo(START);
        assertThat(of("vm-1")).hasSize(1);
    }

    @Test
    void the_cursor_waits_for_the_acknowledgement_of_every_concerned_vm() {
        backlog.setConcerned(Set.of("vm-1", "vm-2"));
        backlog.add("vm-1", reverted(11), 1, START);
        backlog.add("vm-2", reverted(12), 1, START);
        backlog.add("vm-2", reverted(15), 2, at(12));
        backlog.advance(at(20), null);

        backlog.acknowledge("vm-1", at(20));
        assertThat(backlog.cursor()).isEqualTo(START);
        backlog.acknowledge("vm-2", at(12));
        assertThat(backlog.cursor()).isEqualTo(at(12));
        assertThat(of("vm-2")).containsExactly(reverted(15));
        backlog.acknowledge("vm-2", at(15));
        assertThat(backlog.cursor()).isEqualTo(at(20));
    }

    @Test
    void an_acknowledgement_covers_what_was_read_up_to_it_and_no_more() {
        backlog.setConcerned(Set.of("vm-1"));
        Position readLater = Position.ofTime(0, NOON.plusSeconds(30));
        Occurrence byTask = new Occurrence(
                OccurrenceKind.REVERTED,
                Interval.at(at(5)),
                readLater,
                "vm-1",
                null,
                0,
                "",
                "vm.Snapshot.revert",
                "task-1",
                "",
                "",
                true,
                "",
                "");
        backlog.add("vm-1", byTask, 1, START);

        backlog.acknowledge("vm-1", at(29));
        assertThat(of("vm-1")).hasSize(1);
        backlog.acknowledge("vm-1", at(30));
        assertThat(of("vm-1")).isEmpty();
    }

    @Test
    void a_task_whose_outcome_is_awaited_holds_the_cursor() {
        backlog.setConcerned(Set.of("vm-1"));

        backlog.advance(at(20), at(14));

        assertThat(backlog.cursor()).isEqualTo(at(14));
    }

    @Test
    void a_vm_that_becomes_concerned_a_moment_later_misses_nothing() {
        backlog.setConcerned(Set.of());
        assertThat(backlog.add("vm-1", reverted(11), 1, START)).isFalse();
        backlog.advance(at(12), null);
        assertThat(of("vm-1")).isEmpty();
        assertThat(backlog.cursor()).isEqualTo(at(12));

        backlog.setConcerned(Set.of("vm-1"));

        assertThat(of("vm-1")).containsExactly(reverted(11));
        assertThat(backlog.cursor()).isEqualTo(START);
    }

    @Test
    void a_vm_that_is_not_concerned_any_more_does_not_hold_the_cursor() {
        backlog.setConcerned(Set.of("vm-1"));
        backlog.add("vm-1", reverted(11), 1, START);
        backlog.advance(at(12), null);

        backlog.setConcerned(Set.of());

        assertThat(backlog.cursor()).isEqualTo(at(12));
        assertThat(of("vm-1")).isEmpty();
    }

    @Test
    void more_than_is_kept_becomes_a_gap_over_what_is_left_out() {
        Backlog small = new Backlog(START, 10, 10);
        small.setConcerned(Set.of("vm-1"));
        for (int i = 0; i < 100; i++) {
            small.add("vm-1", reverted(11 + i), i + 1, at(10 + i));
        }
        small.advance(at(200), null);

        List<Occurrence> left = small.picture().of("vm-1");

        assertThat(left).hasSizeLessThanOrEqualTo(10);
        assertThat(left.getFirst().kind()).isEqualTo(OccurrenceKind.GAP);
        assertThat(left.getFirst().vm()).isEqualTo("vm-1");
        assertThat(left.getFirst().interval().from()).isEqualTo(at(11));
        assertThat(left.getLast()).isEqualTo(reverted(110));
        assertThat(Objects.requireNonNull(small.cursor()).key()).isGreaterThan(10);
        small.acknowledge("vm-1", at(200));
        assertThat(small.cursor()).isEqualTo(at(200));
    }

    @Test
    void what_an_event_tells_takes_the_place_of_what_its_task_told() {
        backlog.setConcerned(Set.of("vm-1"));
        backlog.add("vm-1", occurrence(OccurrenceKind.REVERTED, 11, "task-1"), 1, START);

        Occurrence better = occurrence(OccurrenceKind.REVERTED, 12, "task-1");
        assertThat(backlog.replace("vm-1", better)).isTrue();

        assertThat(of("vm-1")).containsExactly(better);
        backlog.acknowledge("vm-1", at(12));
        assertThat(backlog.replace("vm-1", better)).isFalse();
    }

    @Test
    void a_gap_concerns_every_vm_also_those_named_later() {
        Occurrence gap = Gaps.of(Interval.at(at(11)), at(11), "history expired");
        backlog.addForAll(gap, 1, START);
        backlog.advance(at(12), null);
        assertThat(of("vm-7")).singleElement().satisfies(o -> assertThat(o.vm()).isEqualTo("vm-7"));

        backlog.setConcerned(Set.of("vm-1", "vm-2"));

        assertThat(of("vm-1")).hasSize(1);
        assertThat(of("vm-7")).isEmpty();
        backlog.acknowledge("vm-1", at(12));
        assertThat(backlog.cursor()).isEqualTo(START);
        backlog.acknowledge("vm-2", at(12));
        assertThat(backlog.cursor()).isEqualTo(at(12));
    }

    @Test
    void a_gap_of_the_whole_vcenter_stays_known_when_every_vm_has_acknowledged_its_own() {
        backlog.setConcerned(Set.of("vm-1"));
        Interval lost = new Interval(START, at(15));

        backlog.addForAll(Gaps.of(lost, at(15), "lost"), 1, START);
        backlog.acknowledge("vm-1", at(20));

        assertThat(of("vm-1")).isEmpty();
        assertThat(backlog.picture().gaps()).containsExactly(lost);
    }

    @Test
    void a_gap_is_known_before_anybody_says_which_vms_count_and_of_many_the_newest_are_kept() {
        for (int key = 11; key < 111; key++) {
            backlog.addForAll(Gaps.of(Interval.at(at(key)), at(key), "lost"), key, START);
        }

        assertThat(backlog.picture().gaps()).hasSize(64).last().isEqualTo(Interval.at(at(110)));
    }
}
