package io.cbtguard.vsphere;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is not watched of the VMs of one page while the next page is waited for: in a first sync both take about as long. What
 * was read is handed on by the thread that asked for it.
 */
final class EnteredReads implements AutoCloseable {
    private final PropertyReads reads;
    private final ExecutorService beside =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("entered").factory());
    private @Nullable Future<Map<String, Map<String, @Nullable Object>>> underWay;

    /** @param reads over a port that nobody else uses */
    EnteredReads(PropertyReads reads) {
        this.reads = reads;
    }

    /** Begins to read; what was begun before and not waited for is dropped. */
    void begin(Set<String> moRefs) {
        drop();
        if (!moRefs.isEmpty()) {
            underWay = beside.submit(() -> {
                Map<String, Map<String, @Nullable Object>> found = new HashMap<>();
                reads.read("VirtualMachine", moRefs, InventoryFilter.UNWATCHED, found::put);
                return found;
            });
        }
    }

    /** Waits for what was begun, if anything was; throws what the reading threw. */
    void end(PropertyReads.Told told) throws Exception {
        Future<Map<String, Map<String, @Nullable Object>>> begun = underWay;
        if (begun == null) {
            return;
        }
        underWay = null;
        try {
            begun.get().forEach(told::object);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof Exception cause ? cause : failed;
        }
    }

    private void drop() {
        if (underWay != null) {
            underWay.cancel(true);
            underWay = null;
        }
    }

    @Override
    public void close() {
        drop();
        beside.shutdownNow();
    }
}
