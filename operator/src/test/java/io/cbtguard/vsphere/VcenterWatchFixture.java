package io.cbtguard.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.VcenterView;
import io.cbtguard.inventory.VirtualMachine;
import io.cbtguard.vsphere.VcenterTarget.Credentials;
import io.cbtguard.vsphere.VcenterTarget.TlsTrust;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Opens watches and clients on a vCenter, and closes them. */
abstract class VcenterWatchFixture {
    private final List<AutoCloseable> opened = new ArrayList<>();

    /** A vCenter that is running, for this test class. */
    abstract Server server();

    /** What the tests need to know of it and to do to it. */
    interface Server {
        URI uri();

        Credentials credentials();

        /** Ends every API session. */
        void endSessions() throws Exception;

        /** Makes it show a new change ID in the VM's next snapshot. */
        @VcsimLacks("change IDs of its own: there a client writes one into each disk before the snapshot")
        void mint(VimClient client, String vm) throws Exception;

        TlsTrust trust();

        /** Whether a revert is told by an event of its own. */
        @VcsimLacks("the event of a revert: there the task alone must tell of it")
        boolean postsRevertEvents();
    }

    VcenterTarget target(@Nullable Position resumeFrom) {
        return new VcenterTarget("test/vc", server().uri(), server()::credentials, server().trust(), resumeFrom, null);
    }

    VcenterWatch open(VcenterTarget target, Told told) {
        VcenterWatch watch = new VimWatches().open(target, told);
        opened.add(watch);
        return watch;
    }

    VcenterWatch open() {
        return open(target(null), new Told());
    }

    VimClient client() {
        VimClient client = new VimClient(target(null));
        opened.add(client);
        return client;
    }

    static VirtualMachine anyVm(VcenterWatch watch) {
        return Told.view(watch, "the first view", view -> true).vms().stream()
                .min(java.util.Comparator.comparing(VirtualMachine::name))
                .orElseThrow();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
    }

    final void assertRevertedOnce(VcenterWatch watch, String vm, String task) throws Exception {
        Occurrence reverted = Told.occurrence(watch, vm, OccurrenceKind.REVERTED);
        assertThat(reverted.taskKey()).isEqualTo(task);
        assertThat(reverted.task()).containsIgnoringCase("revert");
        assertThat(reverted.user()).isNotEmpty();
        assertThat(reverted.interval().to().isBefore(reverted.interval().from()))
                .isFalse();
        if (server().postsRevertEvents()) {
            assertThat(reverted.eventKey()).isPositive();
            assertThat(reverted.eventType()).isEqualTo(EventFacts.REVERTED);
        }
        VcenterView later = watch.barrier().get(30, TimeUnit.SECONDS);
        assertThat(later.occurrences(vm))
                .filteredOn(
                        o -> o.kind() == OccurrenceKind.REVERTED && o.taskKey().equals(task))
                .hasSize(1);
        assertThat(later.tasksInFlight(vm)).isEmpty();
    }
}
