package io.cbtguard.simulator.session;

import com.vmware.vim25.UserSession;
import io.cbtguard.simulator.core.ManagedObject;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.VimTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One API session and the collectors, filters and views that it made. */
public final class Session {
    private final String key;
    private final String cookie;
    private final String userName;
    private final String address;
    private final String userAgent;
    private final Instant loginTime;
    private final Privileges privileges;
    private final Map<MoRef, ManagedObject> objects = new LinkedHashMap<>();
    private Instant lastActive;
    private long calls;
    private int waiting;
    private boolean open = true;

    /** An object that must let go of something when its session ends. */
    public interface Dependant {
        void sessionEnded();
    }

    Session(
            String key,
            String cookie,
            String userName,
            String address,
            String userAgent,
            Instant now,
            Privileges privileges) {
        this.key = key;
        this.cookie = cookie;
        this.userName = userName;
        this.address = address;
        this.userAgent = userAgent;
        this.privileges = privileges;
        this.loginTime = now;
        this.lastActive = now;
    }

    public String key() {
        return key;
    }

    public String cookie() {
        return cookie;
    }

    public String userName() {
        return userName;
    }

    /** Whether an object is in this user's sight. */
    public boolean sees(MoRef object) {
        return !privileges.isHidden(userName, object);
    }

    /** Whether this user may read a property of an object that is in sight. */
    public boolean mayRead(MoRef object, String path) {
        return !privileges.isWithheld(userName, object, path);
    }

    /** Whether this user has a privilege, such as {@code Global.LogEvent}. */
    public boolean mayUse(String privilege) {
        return privileges.isGranted(userName, privilege);
    }

    public boolean isOpen() {
        return open;
    }

    public @Nullable ManagedObject find(MoRef ref) {
        return objects.get(ref);
    }

    public void keep(ManagedObject object) {
        objects.put(object.ref(), object);
    }

    public void drop(ManagedObject object) {
        objects.remove(object.ref());
    }

    /** How many objects of one class this session holds; some kinds are limited. */
    public <T> List<T> held(Class<T> type) {
        return objects.values().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** A request came in. A waiting request counts as activity until it ends. */
    public void began(Instant now) {
        lastActive = now;
        calls++;
        waiting++;
    }

    public void ended(Instant now) {
        lastActive = now;
        waiting--;
    }

    boolean idleSince(Instant limit) {
        return waiting == 0 && lastActive.isBefore(limit);
    }

    void close() {
        open = false;
        held(Dependant.class).forEach(Dependant::sessionEnded);
        objects.clear();
    }

    public UserSession toUserSession() {
        UserSession session = new UserSession();
        session.setKey(key);
        session.setUserName(userName);
        session.setFullName(userName);
        session.setLoginTime(VimTime.toVim(loginTime));
        session.setLastActiveTime(VimTime.toVim(lastActive));
        session.setLocale("en");
        session.setMessageLocale("en");
        session.setExtensionSession(false);
        session.setIpAddress(address);
        session.setUserAgent(userAgent);
        session.setCallCount(calls);
        return session;
    }
}
