package io.cbtguard.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cbtguard.MovableClock;
import io.cbtguard.inventory.VcenterView;
import io.cbtguard.vsphere.VcenterTarget;
import io.cbtguard.vsphere.VcenterTarget.Credentials;
import io.cbtguard.vsphere.VcenterTarget.TlsTrust;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Which watches are open, and that one in trouble holds up no other. */
class WatchesTest {
    private static final ResourceID LAB = new ResourceID("lab", "guard");
    private static final ResourceID OTHER = new ResourceID("other", "guard");

    private final List<StillWatch> opened = new ArrayList<>();
    private final MovableClock clock = new MovableClock();
    private final Set<String> there = new HashSet<>(Set.of("lab-1", "lab-2", "other-1"));
    private final CountDownLatch logout = new CountDownLatch(1);
    private final Watches watches = new Watches(
            (target, listener) -> {
                StillWatch watch = new StillWatch() {
                    @Override
                    public void close() {
                        try {
                            logout.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        super.close();
                    }
                };
                opened.add(watch);
                return watch;
            },
            (vcenter, uid) -> there.contains(uid),
            clock);

    private boolean ensure(ResourceID vcenter, String uid) {
        return watches.ensure(vcenter, uid, "print", Map.of(), cursor -> target(), new Watches.Hearer() {
            @Override
            public void changed(ResourceID id, VcenterView view, Set<String> vmMoRefs) {}

            @Override
            public void healthChanged(ResourceID id) {}
        });
    }

    private static VcenterTarget target() {
        return new VcenterTarget(
                "guard/lab",
                URI.create("https://lab.example"),
                () -> new Credentials("user", "password"),
                new TlsTrust(null, null, false),
                null,
                null);
    }

    @Test
    void aLogoutThatTakesItsTimeHoldsUpNoOtherVcenter() {
        ensure(LAB, "lab-1");

        watches.closeLater(LAB, "lab-1");

        assertThat(ensure(OTHER, "other-1")).isTrue();
        assertThat(opened.getFirst().closed).isFalse();
        logout.countDown();
        await().until(() -> opened.getFirst().closed);
    }

    @Test
    void theGraceOfAStandbyBeginsWhenItTakesOver() {
        clock.forward(Duration.ofHours(5));

        assertThat(watches.untilStale(LAB)).isGreaterThan(Duration.ofMinutes(4));

        clock.forward(Duration.ofMinutes(6));
        assertThat(watches.untilStale(LAB)).isNegative();
    }

    @Test
    void theEndOfAVcenterDoesNotCloseTheWatchOfOneCreatedAnew() {
        logout.countDown();
        ensure(LAB, "lab-1");
        ensure(LAB, "lab-2");

        watches.closeLater(LAB, "lab-1");

        assertThat(watches.get(LAB))
                .hasValueSatisfying(watch -> assertThat(watch.vcenterUid()).isEqualTo("lab-2"));
    }

    @Test
    void noWatchIsOpenedForAVcenterThatIsGone() {
        there.remove("lab-1");

        assertThat(ensure(LAB, "lab-1")).isFalse();
        assertThat(opened).isEmpty();
    }
}
