package io.cbtguard.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Map;
import java.util.Set;
import org.slf4j.MDC;

/**
 * The one event source of a controller besides its informer: anybody may wake an object by its id, and others are told what the
 * informer saw. All kinds are primaries of some controller, so that their one cache serves everybody, and a second informer with a
 * second copy is not needed to hear of them.
 */
final class Wake<P extends HasMetadata> extends AbstractEventSource<Void, P> implements ResourceEventAware<P> {
    private final Hearer<P> hearer;

    Wake(String name, Hearer<P> hearer) {
        super(Void.class, name);
        this.hearer = hearer;
    }

    /** Told of what the informer saw, after its cache shows it, on the informer's thread. */
    interface Hearer<P> {
        /** All objects that were there at the start are in the cache. */
        void synced();

        void created(P object);

        void updated(P before, P after);

        void deleted(P object);
    }

    /** Has the object reconciled; an id that nothing has is ignored. */
    void wake(ResourceID id) {
        if (!isRunning()) {
            return;
        }
        Map<String, String> mine = MDC.getCopyOfContextMap();
        try {
            getEventHandler().handleEvent(new Event(id));
        } finally {
            if (mine != null) {
                MDC.setContextMap(mine); // the handler leaves the context of its own event behind
            }
        }
    }

    @Override
    public void start() {
        super.start(); // the controller's informer is started, and synced, before its other sources
        hearer.synced();
    }

    @Override
    public void onResourceCreated(P resource) {
        hearer.created(resource);
    }

    @Override
    public void onResourceUpdated(P after, P before) {
        hearer.updated(before, after);
    }

    @Override
    public void onResourceDeleted(P resource) {
        hearer.deleted(resource);
    }

    @Override
    public Set<Void> getSecondaryResources(P primary) {
        return Set.of();
    }
}
