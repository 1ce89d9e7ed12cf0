package io.cbtguard.simulator.property;

import com.vmware.vim25.CancelRetrievePropertiesExRequestType;
import com.vmware.vim25.CancelWaitForUpdatesRequestType;
import com.vmware.vim25.CheckForUpdatesRequestType;
import com.vmware.vim25.ContinueRetrievePropertiesExRequestType;
import com.vmware.vim25.CreateFilterRequestType;
import com.vmware.vim25.CreatePropertyCollectorRequestType;
import com.vmware.vim25.DestroyPropertyCollectorRequestType;
import com.vmware.vim25.DestroyPropertyFilterRequestType;
import com.vmware.vim25.RetrieveOptions;
import com.vmware.vim25.RetrievePropertiesExRequestType;
import com.vmware.vim25.RetrievePropertiesRequestType;
import com.vmware.vim25.WaitForUpdatesExRequestType;
import com.vmware.vim25.WaitForUpdatesRequestType;
import com.vmware.vim25.WaitOptions;
import io.cbtguard.simulator.core.Ids;
import io.cbtguard.simulator.core.ManagedObject;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.PropertyPath;
import io.cbtguard.simulator.core.PropertyReader;
import io.cbtguard.simulator.core.PropertyTable;
import io.cbtguard.simulator.core.Registry;
import io.cbtguard.simulator.session.Session;
import io.cbtguard.simulator.soap.Call;
import io.cbtguard.simulator.soap.Operations;
import io.cbtguard.simulator.soap.extra.FetchRequestType;
import org.jspecify.annotations.Nullable;

/** The operations of property collectors and filters; every session gets a default collector when it first needs it. */
public final class PropertyOperations extends ManagedObject {
    /** The name of the collector that the service content gives to every session. */
    public static final MoRef DEFAULT = new MoRef("PropertyCollector", "propertyCollector");

    private static final PropertyTable TABLE = PropertyTable.<PropertyOperations>type("PropertyCollector")
            .empty("filter", com.vmware.vim25.ManagedObjectReference.class)
            .build();

    private final Registry registry;
    private final Ids ids;
    private final Retrieval retrieval;

    public PropertyOperations(Registry registry, Ids ids) {
        super(DEFAULT);
        this.registry = registry;
        this.ids = ids;
        this.retrieval = new Retrieval(registry);
    }

    @Override
    public PropertyTable properties() {
        return TABLE;
    }

    public void register(Operations operations) {
        operations
                .on("CreateFilter", ManagedObject.class, CreateFilterRequestType.class, (call, self, request) -> {
                    MoRef ref = newRef(call.session(), "PropertyFilter");
                    return collector(call, self)
                            .createFilter(ref, request.getSpec(), request.isPartialUpdates())
                            .toVim();
                })
                .on(
                        "CreatePropertyCollector",
                        ManagedObject.class,
                        CreatePropertyCollectorRequestType.class,
                        (call, self, request) -> create(call.session(), newRef(call.session(), "PropertyCollector"))
                                .toVim())
                .action(
                        "DestroyPropertyCollector",
                        PropertyCollector.class,
                        DestroyPropertyCollectorRequestType.class,
                        (call, self, request) -> self.destroy())
                .action(
                        "DestroyPropertyFilter",
                        PropertyFilter.class,
                        DestroyPropertyFilterRequestType.class,
                        (call, self, request) -> call.session().held(PropertyCollector.class).stream()
                                .filter(collector -> collector.owns(self))
                                .forEach(collector -> collector.destroyFilter(self)))
                .on(
                        "WaitForUpdatesEx",
                        ManagedObject.class,
                        WaitForUpdatesExRequestType.class,
                        (call, self, request) -> {
                            WaitOptions options = request.getOptions();
                            return collector(call, self)
                                    .wait(request.getVersion(), waitMillis(options), maxObjects(options));
                        })
                .on(
                        "WaitForUpdates",
                        ManagedObject.class,
                        WaitForUpdatesRequestType.class,
                        (call, self, request) ->
                                collector(call, self).wait(request.getVersion(), -1, PropertyCollector.PAGE))
                .on(
                        "CheckForUpdates",
                        ManagedObject.class,
                        CheckForUpdatesRequestType.class,
                        (call, self, request) ->
                                collector(call, self).wait(request.getVersion(), 0, PropertyCollector.PAGE))
                .action(
                        "CancelWaitForUpdates",
                        ManagedObject.class,
                        CancelWaitForUpdatesRequestType.class,
                        (call, self, request) -> collector(call, self).cancelWaits())
                .on(
                        "RetrievePropertiesEx",
                        ManagedObject.class,
                        RetrievePropertiesExRequestType.class,
                        (call, self, request) ->
                                retrieval.start(call.session(), request.getSpecSet(), maxObjects(request.getOptions())))
                .on(
                        "ContinueRetrievePropertiesEx",
                        ManagedObject.class,
                        ContinueRetrievePropertiesExRequestType.class,
                        (call, self, request) -> retrieval.goOn(call.session(), request.getToken()))
                .action(
                        "CancelRetrievePropertiesEx",
                        ManagedObject.class,
                        CancelRetrievePropertiesExRequestType.class,
                        (call, self, request) -> retrieval.cancel(call.session(), request.getToken()))
                .on("Fetch", ManagedObject.class, FetchRequestType.class, (call, self, request) -> {
                    PropertyPath path = PropertyPath.of(request.getProp());
                    path.checkAgainst(self.properties());
                    return new PropertyReader(self).read(path);
                })
                .on(
                        "RetrieveProperties",
                        ManagedObject.class,
                        RetrievePropertiesRequestType.class,
                        (call, self, request) -> retrieval.all(call.session(), request.getSpecSet()));
    }

    private PropertyCollector collector(Call call, ManagedObject target) {
        if (target instanceof PropertyCollector collector) {
            return collector;
        }
        return create(call.session(), DEFAULT);
    }

    private PropertyCollector create(Session session, MoRef ref) {
        PropertyCollector collector = new PropertyCollector(ref, registry, session);
        session.keep(collector);
        return collector;
    }

    private MoRef newRef(Session session, String type) {
        return new MoRef(type, "session[" + session.key() + "]" + ids.uuid());
    }

    private static long waitMillis(@Nullable WaitOptions options) {
        Integer seconds = options == null ? null : options.getMaxWaitSeconds();
        return seconds == null ? -1 : seconds * 1000L;
    }

    private static int maxObjects(@Nullable WaitOptions options) {
        Integer max = options == null ? null : options.getMaxObjectUpdates();
        return max == null || max <= 0 ? PropertyCollector.PAGE : max;
    }

    private static int maxObjects(@Nullable RetrieveOptions options) {
        Integer max = options == null ? null : options.getMaxObjects();
        return max == null || max <= 0 ? PropertyCollector.PAGE : max;
    }
}
