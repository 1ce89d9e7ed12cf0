package io.cbtguard.simulator.session;

import io.cbtguard.simulator.core.Ids;
import io.cbtguard.simulator.core.SimClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All open API sessions, found by cookie. */
public final class Sessions {
    private final Ids ids;
    private final SimClock clock;
    private final Privileges privileges;
    private final Map<String, Session> byCookie = new LinkedHashMap<>();
    private Duration idleTimeout = Duration.ofMinutes(30);
    private int limit = 2000;

    public Sessions(Ids ids, SimClock clock, Privileges privileges) {
        this.ids = ids;
        this.privileges = privileges;
        this.clock = clock;
    }

    /** The session of a cookie, if it is open and has not expired meanwhile. */
    public @Nullable Session find(@Nullable String cookie) {
        Session session = cookie == null ? null : byCookie.get(cookie);
        if (session != null && session.idleSince(clock.now().minus(idleTimeout))) {
            close(session);
            return null;
        }
        return session;
    }

    Session open(String userName, String address, String userAgent) {
        String cookie = ids.hex(40);
        Session session = new Session(ids.uuid(), cookie, userName, address, userAgent, clock.now(), privileges);
        byCookie.put(cookie, session);
        return session;
    }

    public void close(Session session) {
        byCookie.remove(session.cookie());
        session.close();
    }

    public void closeAll() {
        List.copyOf(byCookie.values()).forEach(this::close);
    }

    /** Ends what has been idle for too long; returns whether another session may be opened. */
    public boolean hasRoom() {
        Instant oldest = clock.now().minus(idleTimeout);
        List.copyOf(byCookie.values()).stream()
                .filter(session -> session.idleSince(oldest))
                .forEach(this::close);
        return byCookie.size() < limit;
    }

    public Collection<Session> all() {
        return byCookie.values();
    }

    public void setIdleTimeout(Duration timeout) {
        idleTimeout = timeout;
    }

    public void setLimit(int limit) {
        this.limit = limit;
    }
}
