package io.cbtguard.vsphere;

import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.VcenterView;
import io.cbtguard.simulator.Simulator;
import io.cbtguard.simulator.SimulatorOptions;
import io.cbtguard.simulator.vm.VmView;
import io.cbtguard.vsphere.VcenterTarget.Credentials;
import io.cbtguard.vsphere.VcenterTarget.TlsTrust;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A simulator of its own for each test. */
abstract class SimulatorFixture {
    final List<VcenterWatch> watches = new ArrayList<>();
    final Told told = new Told();
    Simulator simulator;
    VmView vm;
    VmView other;

    @BeforeEach
    void start() {
        simulator = Simulator.start(SimulatorOptions.defaults().withVms(4).withHosts(2));
        vm = simulator.vms().list().getFirst();
        other = simulator.vms().list().stream()
                .filter(each -> !each.host().equals(vm.host()))
                .findFirst()
                .orElseThrow();
    }

    @AfterEach
    void stop() {
        watches.forEach(VcenterWatch::close);
        simulator.close();
    }

    VcenterTarget target(@Nullable Position resumeFrom, Supplier<Credentials> credentials) {
        return target(resumeFrom, null, credentials);
    }

    private VcenterTarget target(
            @Nullable Position resumeFrom, @Nullable Position evidence, Supplier<Credentials> credentials) {
        return new VcenterTarget(
                "test/vc",
                URI.create("https://" + simulator.sdkUri().getAuthority()),
                credentials,
                new TlsTrust(null, simulator.thumbprint(), false),
                resumeFrom,
                evidence,
                simulator.instanceUuid());
    }

    Credentials credentials() {
        return new Credentials(simulator.userName(), simulator.password());
    }

    VcenterWatch open(@Nullable Position resumeFrom) {
        return open(resumeFrom, null);
    }

    /** @param evidence up to where records know more than the cursor says */
    VcenterWatch open(@Nullable Position resumeFrom, @Nullable Position evidence) {
        VcenterWatch watch = new VimWatches().open(target(resumeFrom, evidence, this::credentials), told);
        watches.add(watch);
        return watch;
    }

    VcenterWatch connected() {
        VcenterWatch watch = open(null);
        Told.soon("connected").until(() -> watch.health().connected());
        return watch;
    }

    static VcenterView now(VcenterWatch watch) throws Exception {
        return watch.barrier().get(60, TimeUnit.SECONDS);
    }

    /** A watch that has handled everything so far, closed; where a new one is to resume. */
    Position cursorOfClosed() throws Exception {
        VcenterWatch watch = connected();
        watch.setConcerned(Set.of(vm.moRef(), other.moRef()));
        watch.acknowledge(vm.moRef(), now(watch).through());
        Position cursor = Objects.requireNonNull(watch.cursor());
        watch.close();
        return cursor;
    }
}
