package io.cbtguard.simulator.event;

import com.vmware.vim25.CreateCollectorForEventsRequestType;
import com.vmware.vim25.Event;
import com.vmware.vim25.EventDescription;
import com.vmware.vim25.EventEx;
import com.vmware.vim25.GeneralUserEvent;
import com.vmware.vim25.LogUserEventRequestType;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.PostEventRequestType;
import com.vmware.vim25.QueryEventsRequestType;
import com.vmware.vim25.ReadNextEventsRequestType;
import com.vmware.vim25.ReadPreviousEventsRequestType;
import com.vmware.vim25.RetrieveArgumentDescriptionRequestType;
import io.cbtguard.simulator.core.HistoryReader;
import io.cbtguard.simulator.core.ManagedObject;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.PropertyTable;
import io.cbtguard.simulator.core.Vcenter;
import io.cbtguard.simulator.history.HistoryCollector;
import io.cbtguard.simulator.inventory.HostSystem;
import io.cbtguard.simulator.inventory.ManagedEntity;
import io.cbtguard.simulator.session.Session;
import io.cbtguard.simulator.soap.Call;
import io.cbtguard.simulator.soap.Operations;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reading and posting events. */
public final class EventManager extends ManagedObject {
    private static final PropertyTable TABLE = PropertyTable.<EventManager>type("EventManager")
            .value("description", EventDescription.class, manager -> new EventDescription())
            .value("latestEvent", Event.class, EventManager::latestEvent)
            .value("maxCollector", Integer.class, manager -> HistoryCollector.MOST)
            .build();

    private final Vcenter vcenter;
    private final EventLog log;

    public EventManager(Vcenter vcenter, EventLog log) {
        super(new MoRef("EventManager", "EventManager"));
        this.vcenter = vcenter;
        this.log = log;
        log.listen(posted -> vcenter.registry().changed(this, "latestEvent"));
    }

    @Override
    public PropertyTable properties() {
        return TABLE;
    }

    private @Nullable Event latestEvent() {
        LoggedEvent latest = log.latest();
        return latest == null ? null : latest.event();
    }

    public void register(Operations operations) {
        Class<EventHistoryCollector> collector = EventHistoryCollector.class;
        operations
                .require("Global.LogEvent", "LogUserEvent", "PostEvent")
                .on(
                        "CreateCollectorForEvents",
                        EventManager.class,
                        CreateCollectorForEventsRequestType.class,
                        (call, self, request) -> create(call.session(), request))
                .on("QueryEvents", EventManager.class, QueryEventsRequestType.class, (call, self, request) -> {
                    Integer wanted = request.getFilter().getMaxCount();
                    int count = wanted == null ? 1000 : Math.min(wanted, 1000);
                    return EventHistoryCollector.events(new HistoryReader<>(
                                    log.history(), new EventFilter(request.getFilter(), call.session(), Long.MAX_VALUE))
                            .newest(count));
                })
                .action(
                        "PostEvent",
                        EventManager.class,
                        PostEventRequestType.class,
                        (call, self, request) -> post(call, request.getEventToPost()))
                .action(
                        "LogUserEvent",
                        EventManager.class,
                        LogUserEventRequestType.class,
                        (call, self, request) -> logUserEvent(call, request))
                .on(
                        "RetrieveArgumentDescription",
                        EventManager.class,
                        RetrieveArgumentDescriptionRequestType.class,
                        (call, self, request) -> List.of())
                .on(
                        "ReadNextEvents",
                        collector,
                        ReadNextEventsRequestType.class,
                        (call, self, request) ->
                                EventHistoryCollector.events(self.reader().next(request.getMaxCount())))
                .on(
                        "ReadPreviousEvents",
                        collector,
                        ReadPreviousEventsRequestType.class,
                        (call, self, request) ->
                                EventHistoryCollector.events(self.reader().previous(request.getMaxCount())));
    }

    private ManagedObjectReference create(Session session, CreateCollectorForEventsRequestType request) {
        MoRef ref = EventHistoryCollector.next(session, vcenter);
        EventHistoryCollector collector =
                new EventHistoryCollector(ref, request.getFilter(), session, log, vcenter.registry());
        session.keep(collector);
        return collector.toVim();
    }

    private void post(Call call, Event event) {
        ManagedEntity entity = entityOf(call, event);
        log.post(event, entity, hostOf(entity), call.userName(), 0);
    }

    private static @Nullable ManagedEntity entityOf(Call call, Event event) {
        ManagedObjectReference reference = null;
        if (event instanceof EventEx extended && extended.getObjectType() != null && extended.getObjectId() != null) {
            reference = new MoRef(extended.getObjectType(), extended.getObjectId()).toVim();
        } else if (event.getVm() != null) {
            reference = event.getVm().getVm();
        } else if (event.getHost() != null) {
            reference = event.getHost().getHost();
        }
        return reference == null ? null : call.resolve(reference, ManagedEntity.class);
    }

    private void logUserEvent(Call call, LogUserEventRequestType request) {
        ManagedEntity entity = call.resolve(request.getEntity(), ManagedEntity.class);
        GeneralUserEvent event = new GeneralUserEvent();
        event.setMessage(request.getMsg());
        event.setEntity(EventArguments.entity(entity));
        event.setFullFormattedMessage("User logged event: " + request.getMsg());
        log.post(event, entity, hostOf(entity), call.userName(), 0);
    }

    /** The host that events about an entity name. */
    static @Nullable HostSystem hostOf(@Nullable ManagedEntity entity) {
        if (entity instanceof HostSystem host) {
            return host;
        }
        return entity instanceof OnHost placed ? placed.host() : null;
    }
}
