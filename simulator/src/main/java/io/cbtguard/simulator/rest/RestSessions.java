package io.cbtguard.simulator.rest;

import io.cbtguard.simulator.core.SimClock;
import io.cbtguard.simulator.session.Accounts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Sessions of the REST interface; each ends after a day, however much it is used. */
public final class RestSessions {
    private static final Duration LIFE = Duration.ofSeconds(86_400);

    private final Accounts accounts;
    private final SimClock clock;
    private final Map<String, Open> sessions = new ConcurrentHashMap<>();

    private record Open(String user, Instant since) {}

    public RestSessions(Accounts accounts, SimClock clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    /** A new session's token for basic credentials; null when they are not somebody's. */
    @Nullable String open(String authorization) {
        if (!authorization.startsWith("Basic ")) {
            return null;
        }
        String pair = new String(
                Base64.getDecoder().decode(authorization.substring("Basic ".length())), StandardCharsets.UTF_8);
        int colon = pair.indexOf(':');
        if (colon < 0 || !accounts.matches(pair.substring(0, colon), pair.substring(colon + 1))) {
            return null;
        }
        // a token must not be guessable from the seed
        String token = UUID.randomUUID().toString().replace("-", "");
        sessions.put(token, new Open(pair.substring(0, colon), clock.now()));
        return token;
    }

    /** Whose session it is; null when it is none, or none any more. */
    @Nullable String user(String token) {
        Open session = sessions.get(token);
        if (session == null || session.since().plus(LIFE).isBefore(clock.now())) {
            sessions.remove(token);
            return null;
        }
        return session.user();
    }

    void close(String token) {
        sessions.remove(token);
    }

    public void closeAll() {
        sessions.clear();
    }
}
