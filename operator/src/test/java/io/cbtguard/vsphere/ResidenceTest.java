package io.cbtguard.vsphere;

import static io.cbtguard.vsphere.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.inventory.Position;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResidenceTest {
    private final Residence residence = new Residence();

    private static Position at(long key) {
        return new Position(0, key, NOON.plusSeconds(key));
    }

    @Test
    void a_vm_that_did_not_move_was_where_it_is() {
        assertThat(residence.on("host-1", at(5), List.of("vm-1"))).containsExactly("vm-1");
    }

    @Test
    void before_its_move_a_vm_was_where_the_move_came_from() {
        residence.moved("vm-1", at(10), "host-1", "host-2");

        assertThat(residence.on("host-1", at(5), List.of())).containsExactly("vm-1");
        assertThat(residence.on("host-2", at(5), List.of("vm-1"))).isEmpty();
        assertThat(residence.on("host-2", at(15), List.of("vm-1"))).containsExactly("vm-1");
        assertThat(residence.on("host-1", at(15), List.of())).isEmpty();
    }

    @Test
    void where_a_move_does_not_say_where_it_came_from_the_vm_may_have_been_anywhere_before() {
        residence.moved("vm-1", at(10), null, "host-2");

        assertThat(residence.on("host-7", at(5), List.of())).containsExactly("vm-1");
    }

    @Test
    void between_two_moves_a_vm_was_where_the_first_one_led() {
        residence.moved("vm-1", at(10), "host-1", "host-2");
        residence.moved("vm-1", at(20), null, "host-3");

        assertThat(residence.on("host-2", at(15), List.of())).containsExactly("vm-1");
        assertThat(residence.on("host-3", at(15), List.of("vm-1"))).isEmpty();
    }
}
