package io.cbtguard.simulator.history;

import com.vmware.vim25.DestroyCollectorRequestType;
import com.vmware.vim25.ResetCollectorRequestType;
import com.vmware.vim25.RewindCollectorRequestType;
import com.vmware.vim25.SetCollectorPageSizeRequestType;
import io.cbtguard.simulator.core.Faults;
import io.cbtguard.simulator.core.HistoryReader;
import io.cbtguard.simulator.core.ManagedObject;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.Vcenter;
import io.cbtguard.simulator.session.Session;
import io.cbtguard.simulator.soap.Operations;

/** One session's way through a history (API reference, HistoryCollector); it goes with its session. */
public abstract class HistoryCollector extends ManagedObject implements Session.Dependant {
    /** Of each kind in a session. */
    public static final int MOST = 32;

    protected HistoryCollector(MoRef ref) {
        super(ref);
    }

    /**
     * A reference for one more collector of a session.
     *
     * @throws io.cbtguard.simulator.core.FaultException InvalidState if the session holds as many as it may
     */
    protected static MoRef next(String type, Class<? extends HistoryCollector> kind, Session session, Vcenter vcenter) {
        if (session.held(kind).size() >= MOST) {
            throw Faults.invalidState();
        }
        return new MoRef(type, "session[" + session.key() + "]" + vcenter.ids().uuid());
    }

    /** The operations that every collector has, whatever its history is of. */
    public static void register(Operations operations) {
        operations
                .action(
                        "RewindCollector",
                        HistoryCollector.class,
                        RewindCollectorRequestType.class,
                        (call, self, request) -> self.reader().rewind())
                .action(
                        "ResetCollector",
                        HistoryCollector.class,
                        ResetCollectorRequestType.class,
                        (call, self, request) -> self.reader().reset())
                .action(
                        "SetCollectorPageSize",
                        HistoryCollector.class,
                        SetCollectorPageSizeRequestType.class,
                        (call, self, request) -> self.reader().setPageSize(request.getMaxCount()))
                .action(
                        "DestroyCollector",
                        HistoryCollector.class,
                        DestroyCollectorRequestType.class,
                        (call, self, request) -> self.destroy(call.session()));
    }

    protected abstract HistoryReader<?> reader();

    /** Listens to its history no more. */
    protected abstract void forget();

    @Override
    public final void sessionEnded() {
        forget();
    }

    private void destroy(Session session) {
        forget();
        session.drop(this);
    }
}
