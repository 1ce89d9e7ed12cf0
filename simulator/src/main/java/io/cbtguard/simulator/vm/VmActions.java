package io.cbtguard.simulator.vm;

import io.cbtguard.simulator.soap.Operations;

/**
 * Everything that can be done to virtual machines.
 *
 * @param factory puts new ones into the inventory
 */
public record VmActions(
        VmContext context,
        VmFactory factory,
        SnapshotActions snapshots,
        RevertActions reverts,
        PowerActions power,
        ReconfigureActions reconfigure,
        PlacementActions placement,
        LifecycleActions lifecycle,
        GuestActions guest) {
    public static VmActions of(VmContext context, VmFactory factory) {
        return new VmActions(
                context,
                factory,
                new SnapshotActions(context),
                new RevertActions(context),
                new PowerActions(context),
                new ReconfigureActions(context, factory),
                new PlacementActions(context),
                new LifecycleActions(context, factory),
                new GuestActions(context));
    }

    /** Makes them callable over SOAP. */
    public void register(Operations operations) {
        new SnapshotOperations(snapshots, reverts).register(operations);
        power.register(operations);
        reconfigure.register(operations);
        placement.register(operations);
        lifecycle.register(operations);
        new FolderActions(context).register(operations);
    }
}
