package io.cbtguard.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PersistentMapTest {
    @Test
    void holds_what_a_hash_map_holds_through_any_changes() {
        Random random = new Random(7);
        PersistentMap<Integer> map = PersistentMap.empty();
        Map<String, Integer> expected = new HashMap<>();

        for (int i = 0; i < 20_000; i++) {
            // Aa and BB have the same hash, and so has every text made of as many of them.
            String key = random.nextBoolean() ? "vm-" + random.nextInt(3_000) : colliding(random.nextInt(64));
            if (random.nextInt(3) == 0) {
                map = map.without(key);
                expected.remove(key);
            } else {
                map = map.with(key, i);
                expected.put(key, i);
            }
        }

        Map<String, Integer> actual = new HashMap<>();
        map.forEach(actual::put);
        assertThat(actual).isEqualTo(expected);
        assertThat(map.size()).isEqualTo(expected.size());
        assertThat(map.values()).hasSize(expected.size());
    }

    private static String colliding(int bits) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            text.append((bits >> i & 1) == 0 ? "Aa" : "BB");
        }
        return text.toString();
    }

    @Test
    void a_change_leaves_the_map_it_was_made_from_alone() {
        PersistentMap<String> before =
                PersistentMap.<String>empty().with("vm-1", "a").with("vm-2", "b");

        PersistentMap<String> after = before.with("vm-1", "c").without("vm-2");

        assertThat(before.get("vm-1")).isEqualTo("a");
        assertThat(before.get("vm-2")).isEqualTo("b");
        assertThat(after.get("vm-1")).isEqualTo("c");
        assertThat(after.get("vm-2")).isNull();
        assertThat(after.size()).isEqualTo(1);
    }

    @Test
    void removing_what_is_not_there_changes_nothing() {
        PersistentMap<String> map =
                PersistentMap.<String>empty().with("Aa", "a").with("BB", "b");

        assertThat(map.without("vm-9")).isSameAs(map);
        assertThat(map.without("Aa").get("BB")).isEqualTo("b");
        assertThat(map.without("Aa").without("BB").size()).isZero();
    }
}
