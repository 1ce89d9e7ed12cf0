package io.cbtguard.simulator.vm;

import com.vmware.vim25.VirtualMachinePowerState;
import io.cbtguard.simulator.block.DiskState;
import io.cbtguard.simulator.core.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Guests that write at random. What is written where follows from the seed and the inventory; when, from the clock.
 * Writes stay within the first 64 MB of a disk, so that a load of days needs no more memory than one of minutes.
 */
public final class GuestLoad implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GuestLoad.class);
    private static final int TICKS_PER_SECOND = 10;
    private static final int BLOCKS = 1024;
    private static final int LONGEST = 16;

    private final Registry registry;
    private final GuestActions guest;
    private final Random random;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("simulator-load").factory());
    private @Nullable ScheduledFuture<?> ticks;
    private double due;
    private long writes;

    public GuestLoad(VmActions actions, long seed) {
        registry = actions.context().vcenter().registry();
        guest = actions.guest();
        random = new Random(seed);
    }

    /** Writes so many times at once. */
    public void write(int count) {
        registry.run(() -> {
            List<VirtualMachine> running = new ArrayList<>(registry.all(VirtualMachine.class).stream()
                    .filter(vm -> vm.powerState() == VirtualMachinePowerState.POWERED_ON)
                    .toList());
            for (int i = 0; i < count && !running.isEmpty(); i++) {
                write(running.get(random.nextInt(running.size())));
            }
        });
    }

    private void write(VirtualMachine vm) {
        List<VmDisk> disks = List.copyOf(vm.config().disks());
        if (disks.isEmpty()) {
            return;
        }
        VmDisk disk = disks.get(random.nextInt(disks.size()));
        long blocks = Math.clamp(disk.state().capacity() / DiskState.BLOCK, 1, BLOCKS);
        long offset = random.nextLong(blocks) * DiskState.BLOCK;
        guest.write(vm, disk.key(), offset, (1 + random.nextInt(LONGEST)) * DiskState.BLOCK);
        writes++;
    }

    /** Writes on and on at this rate, over all running VMs together; 0 stops it. */
    public void run(double writesPerSecond) {
        registry.run(() -> {
            if (ticks != null) {
                ticks.cancel(false);
                ticks = null;
            }
            due = 0;
            if (writesPerSecond > 0) {
                ticks = timer.scheduleAtFixedRate(
                        () -> tick(writesPerSecond / TICKS_PER_SECOND),
                        0,
                        1000 / TICKS_PER_SECOND,
                        TimeUnit.MILLISECONDS);
            }
        });
    }

    private void tick(double more) {
        try {
            due += more;
            int now = (int) due;
            due -= now;
            write(now);
        } catch (RuntimeException e) {
            LOG.error("the load broke", e);
        }
    }

    /** How many writes there were. */
    public long writes() {
        return registry.locked(() -> writes);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
