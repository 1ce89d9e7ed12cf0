package io.cbtguard.vsphere;

import io.cbtguard.inventory.VcenterView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Callers that wait for a view newer than their call. All who wait when a round trip begins share it. Any thread. */
final class Barriers {
    private List<CompletableFuture<VcenterView>> waiting = new ArrayList<>();
    private @Nullable VcenterUnavailableException away;

    /** Fails at once while vCenter is known to be away. */
    synchronized CompletableFuture<VcenterView> register() {
        CompletableFuture<VcenterView> future = new CompletableFuture<>();
        if (away != null) {
            future.completeExceptionally(
                    new VcenterUnavailableException(away.outage(), String.valueOf(away.getMessage())));
        } else {
            waiting.add(future);
        }
        return future;
    }

    /** Those to be served by the round trip that now begins. */
    synchronized List<CompletableFuture<VcenterView>> take() {
        List<CompletableFuture<VcenterView>> taken = waiting;
        waiting = new ArrayList<>();
        return taken;
    }

    /** A round trip failed but may be tried again: they wait on. */
    synchronized void putBack(List<CompletableFuture<VcenterView>> unserved) {
        waiting.addAll(unserved);
    }

    synchronized void connected() {
        away = null;
    }

    void away(VcenterUnavailableException why) {
        List<CompletableFuture<VcenterView>> failed;
        synchronized (this) {
            away = why;
            failed = take();
        }
        failed.forEach(future -> future.completeExceptionally(why));
    }
}
