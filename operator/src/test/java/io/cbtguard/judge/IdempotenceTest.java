package io.cbtguard.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.inventory.Occurrence;
import io.cbtguard.judge.record.Baseline;
import io.cbtguard.judge.record.VmRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Handling evidence twice, again from an older position, or all at once leads to the same. */
class IdempotenceTest {
    static LongStream seeds() {
        return LongStream.rangeClosed(1, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void learning_the_same_facts_twice_changes_nothing(long seed) {
        Random random = new Random(seed);
        Story story = Story.watched();
        story.full("monday");
        for (int step = 0; step < 15; step++) {
            Happenings.one(story, random);
            if (random.nextInt(3) == 0) {
                continue;
            }
            Facts facts = story.facts();
            Protection protection = story.policy.protection();
            VmRecord once = Judge.learn(story.record, facts, protection).record();
            Judge.Learned twice = Judge.learn(once, facts, protection);
            assertThat(twice.record() == once)
                    .as("seed %d step %d%s", seed, step, Differences.between(once, twice.record()))
                    .isTrue();
            assertThat(twice.news()).isEmpty();
            story.look();
            if (random.nextInt(4) == 0) {
                story.full("run-" + step);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void history_told_again_from_any_older_position_changes_nothing(long seed) {
        Random random = new Random(seed);
        Story story = Story.watched();
        story.full("monday");
        for (int step = 0; step < 15; step++) {
            Happenings.one(story, random);
            story.look();
            if (random.nextInt(5) == 0) {
                story.full("run-" + step);
            }
            List<Occurrence> again = story.history.subList(random.nextInt(story.history.size()), story.history.size());
            VmRecord before = story.record;
            story.told.addAll(again);
            story.look();
            assertThat(story.record.sameBut(before))
                    .as("seed %d step %d%s", seed, step, Differences.between(before, story.record))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void what_is_learned_at_once_kills_what_it_kills_when_learned_one_by_one(long seed) {
        Story oneByOne = Story.watched();
        Story atOnce = Story.watched();
        for (Story story : List.of(oneByOne, atOnce)) {
            story.host("host-9", Story.BUILD_B);
            story.snapshot("by hand");
            story.full("monday");
            Random random = new Random(seed);
            for (int step = 0; step < 4; step++) {
                told(story, random);
                if (story == oneByOne) {
                    story.look();
                }
            }
            story.look();
        }
        assertThat(dead(atOnce)).as("seed %d", seed).isEqualTo(dead(oneByOne));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void the_order_in_which_causes_are_told_does_not_matter(long seed) {
        Random random = new Random(seed);
        Story story = Story.watched();
        story.snapshot("by hand");
        story.full("monday");
        for (int step = 0; step < 6; step++) {
            Happenings.cause(story, random);
        }
        List<Occurrence> shuffled = new ArrayList<>(story.told);
        Collections.shuffle(shuffled, random);
        Protection protection = story.policy.protection();
        VmRecord inOrder = Judge.learn(story.record, story.facts(), protection).record();
        story.told.clear();
        story.told.addAll(shuffled);
        VmRecord other = Judge.learn(story.record, story.facts(), protection).record();
        assertThat(other.chains()).isEqualTo(inOrder.chains());
    }

    @Test
    void an_older_view_changes_nothing_but_what_it_tells() {
        Story story = Story.watched();
        story.full("monday");
        Facts older = story.facts();
        story.snapshot("by hand");
        story.vm.disks.put("6000C29a-0003", new VmState.DiskState(2002, "Hard disk 3"));
        story.resetTracking();
        story.look();
        story.full("tuesday");
        VmRecord now = story.record;
        assertThat(Judge.learn(now, older, story.policy.protection()).record()).isSameAs(now);
    }

    @Test
    void findings_of_a_vm_with_an_old_snapshot_do_not_pile_up() {
        Story story = Story.watched();
        String old = story.snapshot("kept for years");
        story.look();
        for (int night = 0; night < 50; night++) {
            story.revert(old);
            story.look();
            story.full("night-" + night);
        }
        assertThat(story.record.findings()).hasSizeLessThan(4);
        story.backup("late").of(old).readAll().report();
        Verdicts.assertIncremental(story);
    }

    private static void told(Story story, Random random) {
        switch (random.nextInt(5)) {
            case 0 -> story.move(random.nextBoolean() ? "host-1" : "host-2");
            case 1 -> {
                if (random.nextInt(4) == 0) {
                    story.move("host-9");
                    story.move("host-2");
                }
            }
            case 2 -> {
                if (random.nextInt(3) == 0) {
                    Happenings.cause(story, random);
                }
            }
            case 3 -> story.snapshot("more");
            default -> story.reconfigured();
        }
    }

    private static Set<String> dead(Story story) {
        return Verdicts.baselines(story)
                .filter(b -> !b.alive())
                .map(Baseline::disk)
                .collect(Collectors.toSet());
    }
}
