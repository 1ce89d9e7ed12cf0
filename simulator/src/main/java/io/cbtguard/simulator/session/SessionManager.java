package io.cbtguard.simulator.session;

import com.vmware.vim25.LoginRequestType;
import com.vmware.vim25.LogoutRequestType;
import com.vmware.vim25.SessionIsActiveRequestType;
import com.vmware.vim25.TerminateSessionRequestType;
import com.vmware.vim25.UserSession;
import io.cbtguard.simulator.core.Faults;
import io.cbtguard.simulator.core.ManagedObject;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.PropertyTable;
import io.cbtguard.simulator.soap.Call;
import io.cbtguard.simulator.soap.Operations;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Login and logout. */
public final class SessionManager extends ManagedObject {
    private static final PropertyTable TABLE = PropertyTable.<SessionManager>type("SessionManager")
            .list("sessionList", UserSession.class, SessionManager::sessionList)
            .value("currentSession", UserSession.class, SessionManager::currentSession)
            .value("message", String.class, manager -> "")
            .list("messageLocaleList", String.class, manager -> List.of("en"))
            .list("supportedLocaleList", String.class, manager -> List.of("en"))
            .value("defaultLocale", String.class, manager -> "en")
            .build();

    private final Sessions sessions;
    private final BiPredicate<String, String> credentials;
    private final Consumer<Opened> listener;
    private final @Nullable Session owner;

    /**
     * A login or a logout.
     *
     * @param closed whether it was a logout
     */
    public record Opened(UserSession session, boolean closed) {}

    /**
     * @param credentials tells whether user name and password belong together
     * @param listener hears of every login and logout
     */
    public SessionManager(Sessions sessions, BiPredicate<String, String> credentials, Consumer<Opened> listener) {
        this(sessions, credentials, listener, null);
    }

    private SessionManager(
            Sessions sessions,
            BiPredicate<String, String> credentials,
            Consumer<Opened> listener,
            @Nullable Session owner) {
        super(new MoRef("SessionManager", "SessionManager"));
        this.sessions = sessions;
        this.credentials = credentials;
        this.listener = listener;
        this.owner = owner;
    }

    @Override
    public PropertyTable properties() {
        return TABLE;
    }

    private @Nullable UserSession currentSession() {
        return owner == null ? null : owner.toUserSession();
    }

    private List<UserSession> sessionList() {
        return sessions.all().stream().map(Session::toUserSession).toList();
    }

    public void register(Operations operations) {
        operations
                .anonymous("Login")
                .anonymous("SessionIsActive")
                .on(
                        "Login",
                        SessionManager.class,
                        LoginRequestType.class,
                        (call, self, request) -> login(call, request))
                .action(
                        "Logout",
                        SessionManager.class,
                        LogoutRequestType.class,
                        (call, self, request) -> logout(call.session()))
                .on(
                        "SessionIsActive",
                        SessionManager.class,
                        SessionIsActiveRequestType.class,
                        (call, self, request) -> find(request.getSessionID())
                                .filter(s -> s.userName().equals(request.getUserName()))
                                .isPresent())
                .action(
                        "TerminateSession",
                        SessionManager.class,
                        TerminateSessionRequestType.class,
                        (call, self, request) -> terminate(call, request.getSessionId()));
    }

    private UserSession login(Call call, LoginRequestType request) {
        if (call.sessionIfAny() != null || !credentials.test(request.getUserName(), request.getPassword())) {
            throw Faults.invalidLogin();
        }
        Session session = sessions.open(
                request.getUserName(), call.peer().address(), call.peer().userAgent());
        // the same object as everybody's, except that it knows whose session is asking
        session.keep(new SessionManager(sessions, credentials, listener, session));
        call.opened(session);
        listener.accept(new Opened(session.toUserSession(), false));
        return session.toUserSession();
    }

    /** Ends a session as its owner would. */
    public void logout(Session session) {
        sessions.close(session);
        listener.accept(new Opened(session.toUserSession(), true));
    }

    private void terminate(Call call, List<String> keys) {
        for (String key : keys) {
            Session session = find(key).orElseThrow(() -> Faults.notFound());
            if (session == call.session()) {
                throw Faults.invalidArgument("sessionId");
            }
            logout(session);
        }
    }

    private Optional<Session> find(String key) {
        return sessions.all().stream()
                .filter(session -> session.key().equals(key))
                .findFirst();
    }
}
