package io.cbtguard.simulator.event;

import com.vmware.vim25.Event;
import com.vmware.vim25.EventFilterSpec;
import io.cbtguard.simulator.core.HistoryReader;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.PropertyTable;
import io.cbtguard.simulator.core.Registry;
import io.cbtguard.simulator.core.Vcenter;
import io.cbtguard.simulator.history.HistoryCollector;
import io.cbtguard.simulator.session.Session;
import java.util.List;
import java.util.function.Consumer;

/** One session's way through the event history. */
final class EventHistoryCollector extends HistoryCollector {
    private static final PropertyTable HISTORY = PropertyTable.<EventHistoryCollector>type("HistoryCollector")
            .value("filter", EventFilterSpec.class, collector -> collector.spec)
            .build();
    private static final PropertyTable TABLE = PropertyTable.<EventHistoryCollector>type(
                    "EventHistoryCollector", HISTORY)
            .list("latestPage", Event.class, collector -> events(collector.reader.latest()))
            .value("initialized", Boolean.class, collector -> true)
            .build();

    private final EventFilterSpec spec;
    private final EventLog log;
    private final HistoryReader<LoggedEvent> reader;
    private final Consumer<LoggedEvent> listener;

    EventHistoryCollector(MoRef ref, EventFilterSpec spec, Session session, EventLog log, Registry registry) {
        super(ref);
        this.spec = spec;
        this.log = log;
        this.reader = new HistoryReader<>(
                log.history(), new EventFilter(spec, session, log.history().end()));
        this.listener = posted -> {
            if (reader.accepts(posted)) {
                registry.changed(this, "latestPage");
            }
        };
        log.listen(listener);
    }

    static MoRef next(Session session, Vcenter vcenter) {
        return next("EventHistoryCollector", EventHistoryCollector.class, session, vcenter);
    }

    @Override
    public PropertyTable properties() {
        return TABLE;
    }

    @Override
    protected HistoryReader<LoggedEvent> reader() {
        return reader;
    }

    static List<Event> events(List<LoggedEvent> logged) {
        return logged.stream().map(LoggedEvent::event).toList();
    }

    @Override
    protected void forget() {
        log.forget(listener);
    }
}
