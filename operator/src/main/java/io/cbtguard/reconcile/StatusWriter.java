package io.cbtguard.reconcile;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.net.HttpURLConnection;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Writes statuses by server-side apply of a fresh object (identity and status, nothing else), and only when they say something
 * new. The answer goes into the cache, so that the next pass compares with what is written.
 *
 * <p>With it goes the resourceVersion of the object that the status was judged from: however late it arrives, it is refused if
 * anybody has written meanwhile, and never takes the place of what is newer.
 */
final class StatusWriter {
    static final String FIELD_MANAGER = "cbtguard";

    private StatusWriter() {}

    /**
     * @param primary what the status was judged from
     * @param caches what else it was judged from: if they are being emptied, it may say what never was, and is not written
     * @param refused has the object looked at again, not at once; what changed meanwhile need not be an event that does so
     * @return whether the object shows this status now
     */
    static <S, R extends CustomResource<?, S>> boolean write(
            R primary, S status, Informed caches, Supplier<R> empty, Context<R> context, Consumer<ResourceID> refused) {
        if (Objects.equals(primary.getStatus(), status)) {
            return true;
        }
        if (!caches.synced()) {
            return false;
        }
        R fresh = empty.get();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withNamespace(primary.getMetadata().getNamespace())
                .withName(primary.getMetadata().getName())
                .withUid(primary.getMetadata().getUid())
                .withResourceVersion(primary.getMetadata().getResourceVersion())
                .build());
        fresh.setStatus(status);
        try {
            R written = context.getClient()
                    .resource(fresh)
                    .subresource("status")
                    .patch(new PatchContext.Builder()
                            .withPatchType(PatchType.SERVER_SIDE_APPLY)
                            .withFieldManager(FIELD_MANAGER)
                            .withForce(true)
                            .build());
            remember(written, primary, context);
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return false; // deleted meanwhile: nothing is left to show it
            }
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            if (shows(primary, status, context)) {
                return true;
            }
            refused.accept(ResourceID.fromResource(primary));
            return false;
        }
    }

    /** Whether it was written before: the client sends again what has lost its answer. */
    private static <S, R extends CustomResource<?, S>> boolean shows(R primary, S status, Context<R> context) {
        R now = context.getClient().resource(primary).get();
        if (now == null
                || !primary.getMetadata().getUid().equals(now.getMetadata().getUid())
                || !status.equals(now.getStatus())) {
            return false;
        }
        remember(now, primary, context);
        return true;
    }

    private static <R extends CustomResource<?, ?>> void remember(R written, R primary, Context<R> context) {
        context.eventSourceRetriever()
                .getControllerEventSource()
                .handleRecentResourceUpdate(ResourceID.fromResource(primary), written, primary);
    }
}
