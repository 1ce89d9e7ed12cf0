package io.cbtguard.reconcile;

import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.VcenterView;
import io.cbtguard.record.RecordRef;
import io.cbtguard.vsphere.VcenterTarget;
import io.cbtguard.vsphere.VcenterWatch;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open watches, one per VCenter object. Each is a failure domain of its own. */
final class Watches implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watches.class);

    private final VcenterWatch.Factory factory;
    private final BiPredicate<ResourceID, String> wanted;
    private final Clock clock;
    private final Map<ResourceID, OpenWatch> open = new ConcurrentHashMap<>();
    private final Map<ResourceID, Instant> closedAt = new ConcurrentHashMap<>();
    /** When it was first asked for: a standby waits long before it has anything to watch. */
    private @Nullable Instant started;

    private boolean closed;

    /** @param wanted whether there is a VCenter of this name and uid now */
    Watches(VcenterWatch.Factory factory, BiPredicate<ResourceID, String> wanted, Clock clock) {
        this.factory = factory;
        this.wanted = wanted;
        this.clock = clock;
    }

    /** Told of changes by VCenter, on the watch's thread. */
    interface Hearer {
        void changed(ResourceID vcenter, VcenterView view, Set<String> vmMoRefs);

        void healthChanged(ResourceID vcenter);

        /** See {@link VcenterWatch.Listener#requested}: on any thread. */
        default void requested(ResourceID vcenter, String method, String outcome, Duration took) {}
    }

    Optional<OpenWatch> get(ResourceID vcenter) {
        return Optional.ofNullable(open.get(vcenter));
    }

    Optional<OpenWatch> get(@Nullable String namespace, String name) {
        return get(new ResourceID(name, namespace));
    }

    /**
     * How much is left of the time for which verdicts may stand although nothing new is known; zero or less when it is over.
     * Meaningful while there is no current view.
     */
    Duration untilStale(ResourceID vcenter) {
        return get(vcenter)
                .map(OpenWatch::untilStale)
                .orElseGet(() -> Duration.between(
                        clock.instant(),
                        closedAt.getOrDefault(vcenter, started()).plus(OpenWatch.GRACE)));
    }

    private synchronized Instant started() {
        Instant known = started;
        if (known == null) {
            known = clock.instant();
            started = known;
        }
        return known;
    }

    Collection<OpenWatch> all() {
        return List.copyOf(open.values());
    }

    /**
     * Sees to it that a watch with this way of reaching the vCenter is open; one that was opened in another way is closed first and
     * its history taken up where it was acknowledged.
     *
     * @param fingerprint changes whenever server, credentials or TLS trust do
     * @param records the records of its VMs, and the VMs' moRefs
     * @param target makes the target from where to resume; given the old watch's cursor, null if there was none
     * @return whether it was opened now
     */
    boolean ensure(
            ResourceID vcenter,
            String uid,
            String fingerprint,
            Map<RecordRef, String> records,
            Function<@Nullable Position, VcenterTarget> target,
            Hearer hearer) {
        OpenWatch old;
        synchronized (this) {
            old = open.get(vcenter);
            boolean fits = old != null
                    && old.fingerprint().equals(fingerprint)
                    && old.vcenterUid().equals(uid);
            if (closed || fits || !wanted.test(vcenter, uid)) {
                return false;
            }
            OpenWatch same = old != null && old.vcenterUid().equals(uid) ? old : null;
            Position cursor = same == null ? null : same.cursor();
            Heard heard = new Heard(clock, same == null ? null : same.awaySince());
            VcenterTarget to = target.apply(cursor);
            int epoch = to.resumeFrom() == null ? 0 : to.resumeFrom().epoch();
            VcenterWatch watch = factory.open(to, listener(vcenter, heard, hearer));
            open.put(vcenter, new OpenWatch(vcenter, uid, fingerprint, watch, epoch, heard, clock, records));
        }
        LOG.info("vCenter {}: watch opened", vcenter);
        if (old != null) {
            end(old);
        }
        return true;
    }

    /** @return whether there was one */
    boolean close(ResourceID vcenter) {
        OpenWatch old = removed(vcenter, null);
        if (old == null) {
            return false;
        }
        end(old);
        return true;
    }

    /** Closes the watch of this very VCenter, not that of one created anew; logging out may take its time, and nobody waits. */
    void closeLater(ResourceID vcenter, String uid) {
        OpenWatch old = removed(vcenter, uid);
        if (old != null) {
            var unused = Thread.ofVirtual().name("close-" + vcenter.getName()).start(() -> end(old));
        }
    }

    private synchronized @Nullable OpenWatch removed(ResourceID vcenter, @Nullable String uid) {
        OpenWatch old = open.get(vcenter);
        if (old == null || (uid != null && !old.vcenterUid().equals(uid))) {
            return null;
        }
        open.remove(vcenter);
        closedAt.put(vcenter, clock.instant());
        return old;
    }

    private static void end(OpenWatch old) {
        old.watch().close();
        LOG.info("vCenter {}: watch closed", old.vcenter());
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        for (ResourceID vcenter : List.copyOf(open.keySet())) {
            close(vcenter);
        }
    }

    private static VcenterWatch.Listener listener(ResourceID vcenter, Heard heard, Hearer hearer) {
        return new VcenterWatch.Listener() {
            @Override
            public void changed(VcenterView view, Set<String> vmMoRefs) {
                heard.view(view);
                hearer.changed(vcenter, view, vmMoRefs);
            }

            @Override
            public void healthChanged(VcenterWatch.Health health) {
                heard.health(health);
                hearer.healthChanged(vcenter);
            }

            @Override
            public void requested(String method, String outcome, Duration took) {
                hearer.requested(vcenter, method, outcome, took);
            }
        };
    }
}
