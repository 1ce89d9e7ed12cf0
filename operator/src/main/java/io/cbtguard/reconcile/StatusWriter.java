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
import java.util.function.Supplier;

/**
 * Writes statuses by server-side apply of a fresh object (identity and status, nothing else), and only when they say something
 * new. The answer goes into the cache, so that the next pass compares with what is written.
 */
final class StatusWriter {
    static final String FIELD_MANAGER = "cbtguard";

    private StatusWriter() {}

    /** @return whether the object shows this status now */
    static <S, R extends CustomResource<?, S>> boolean write(
            R primary, S status, Supplier<R> empty, Context<R> context) {
        if (Objects.equals(primary.getStatus(), status)) {
            return true;
        }
        R fresh = empty.get();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withNamespace(primary.getMetadata().getNamespace())
                .withName(primary.getMetadata().getName())
                .withUid(primary.getMetadata().getUid())
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
            context.eventSourceRetriever()
                    .getControllerEventSource()
                    .handleRecentResourceUpdate(ResourceID.fromResource(primary), written, primary);
            return true;
        } catch (KubernetesClientException e) {
            // deleted meanwhile, or another object has the name now: its own event follows
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND || e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return false;
            }
            throw e;
        }
    }
}
