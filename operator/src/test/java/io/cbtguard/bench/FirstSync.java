package io.cbtguard.bench;

import io.cbtguard.inventory.VcenterView;
import io.cbtguard.vsphere.VcenterTarget;
import io.cbtguard.vsphere.VcenterWatch;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One first sync of a vCenter: from before the login until every VM was read. */
interface FirstSync {
    /** @return seconds, and how many VMs were seen */
    Result run(SimulatorProcess vcenter) throws Exception;

    record Result(double seconds, int vms) {}

    /** The operator's watch, up to its first published view. */
    static FirstSync ofWatch(VcenterWatch.Factory watches) {
        return vcenter -> {
            VcenterTarget target = vcenter.target();
            FirstView told = new FirstView();
            long began = System.nanoTime();
            try (VcenterWatch watch = watches.open(target, told)) {
                VcenterView view = told.await();
                return new Result((System.nanoTime() - began) / 1e9, view.vms().size());
            }
        };
    }

    /** A program that prints both. */
    static FirstSync ofProgram(List<String> command) {
        return vcenter -> {
            Map<String, String> environment = vcenter.environment();
            List<String> lines = Command.lines(command, environment);
            String[] said = lines.getLast().split(" ", -1);
            if (said.length != 2) {
                throw new IOException(command + " said " + lines);
            }
            return new Result(Double.parseDouble(said[0]), Integer.parseInt(said[1]));
        };
    }

    /** A listener that waits for a first view. */
    final class FirstView implements VcenterWatch.Listener {
        private final CompletableFuture<VcenterView> view = new CompletableFuture<>();

        @Override
        public void changed(VcenterView first, Set<String> vmMoRefs) {
            view.complete(first);
        }

        @Override
        public void healthChanged(VcenterWatch.Health health) {
            if (health.outage() != null) {
                view.completeExceptionally(new IOException(health.message()));
            }
        }

        VcenterView await() throws Exception {
            return view.get(Duration.ofMinutes(10).toSeconds(), TimeUnit.SECONDS);
        }
    }
}
