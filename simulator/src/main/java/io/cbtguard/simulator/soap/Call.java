package io.cbtguard.simulator.soap;

import com.vmware.vim25.ManagedObjectReference;
import io.cbtguard.simulator.core.Faults;
import io.cbtguard.simulator.core.ManagedObject;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.Registry;
import io.cbtguard.simulator.session.Session;
import org.jspecify.annotations.Nullable;

/** One request under way: who asks, for what, and which objects they can name. */
public final class Call {
    private final Registry registry;
    private final String method;
    private final Peer peer;
    private @Nullable Session session;
    private boolean loggedIn;

    /**
     * The other end of the connection.
     *
     * @param secure whether it came over TLS
     */
    public record Peer(String address, String userAgent, boolean secure) {}

    Call(Registry registry, String method, Peer peer, @Nullable Session session) {
        this.registry = registry;
        this.method = method;
        this.peer = peer;
        this.session = session;
    }

    /** The operation's name as in the WSDL, such as {@code CreateSnapshot_Task}. */
    public String method() {
        return method;
    }

    public Peer peer() {
        return peer;
    }

    public @Nullable Session sessionIfAny() {
        return session;
    }

    /** The API session; operations that need one are refused before they get here. */
    public Session session() {
        if (session == null) {
            throw new IllegalStateException(method + " needs a session");
        }
        return session;
    }

    public String userName() {
        return session().userName();
    }

    /** A Login succeeded: the answer will carry the session's cookie. */
    public void opened(Session opened) {
        session = opened;
        loggedIn = true;
    }

    boolean setsCookie() {
        return loggedIn;
    }

    /** The object meant by a reference: of this session first, then of the inventory. */
    public ManagedObject resolve(ManagedObjectReference reference) {
        MoRef ref = MoRef.of(reference);
        ManagedObject own = session == null ? null : session.find(ref);
        boolean visible = session == null || session.sees(ref);
        ManagedObject found = own != null ? own : visible ? registry.find(ref) : null;
        if (found == null) {
            throw Faults.notFound(ref);
        }
        return found;
    }

    /** As {@link #resolve}, for an argument that must be of one type. */
    public <T extends ManagedObject> T resolve(ManagedObjectReference reference, Class<T> type) {
        ManagedObject found = resolve(reference);
        if (!type.isInstance(found)) {
            throw Faults.notFound(MoRef.of(reference));
        }
        return type.cast(found);
    }
}
