package io.cbtguard.vsphere;

import io.cbtguard.vsphere.VcenterWatch.Health;
import io.cbtguard.vsphere.VcenterWatch.Listener;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a watch fares, and the telling of each edge. Written by the watch's thread, read by any. */
final class TrackedHealth {
    private static final Logger log = LoggerFactory.getLogger(TrackedHealth.class);

    private final String name;
    private final Listener listener;
    private final Supplier<@Nullable Instant> lastContact;
    private volatile Health health =
            new Health(false, null, "connecting for the first time", Instant.now(), null, List.of(), null);

    /** @param lastContact vCenter's time at the last answer, null before the first */
    TrackedHealth(String name, Listener listener, Supplier<@Nullable Instant> lastContact) {
        this.name = name;
        this.listener = listener;
        this.lastContact = lastContact;
    }

    Health now() {
        Health now = health;
        Instant contact = lastContact.get();
        return contact == null || contact.equals(now.lastContact())
                ? now
                : new Health(
                        now.connected(),
                        now.outage(),
                        now.message(),
                        now.since(),
                        contact,
                        now.missingPrivileges(),
                        now.eventRetention());
    }

    void connected(List<String> missingPrivileges, @Nullable Duration retention) {
        set(new Health(true, null, "", Instant.now(), lastContact.get(), missingPrivileges, retention));
    }

    void away(VcenterUnavailableException why) {
        set(notConnected(why));
    }

    /** The end: nobody is told any more. */
    void closed(VcenterUnavailableException why) {
        health = notConnected(why);
    }

    private Health notConnected(VcenterUnavailableException why) {
        Health before = now();
        boolean isSame = why.outage() == before.outage();
        return new Health(
                false,
                why.outage(),
                String.valueOf(why.getMessage()),
                isSame ? before.since() : Instant.now(),
                before.lastContact(),
                before.missingPrivileges(),
                before.eventRetention());
    }

    private void set(Health now) {
        Health before = health;
        health = now;
        boolean isEdge = before.connected() != now.connected()
                || before.outage() != now.outage()
                || !before.missingPrivileges().equals(now.missingPrivileges())
                || !Objects.equals(before.eventRetention(), now.eventRetention());
        if (isEdge) {
            tell(now);
        }
    }

    /** A listener that fails must not end the watch: this is said outside of any connection, too. */
    private void tell(Health now) {
        try {
            listener.healthChanged(now);
        } catch (Throwable thrown) {
            log.error("{}: a change of health was not taken", name, thrown);
        }
    }
}
