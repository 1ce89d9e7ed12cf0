package io.cbtguard.simulator.event;

import com.vmware.vim25.ComputeResourceEventArgument;
import com.vmware.vim25.DatacenterEventArgument;
import com.vmware.vim25.DatastoreEventArgument;
import com.vmware.vim25.Event;
import com.vmware.vim25.FolderEventArgument;
import com.vmware.vim25.HostEventArgument;
import com.vmware.vim25.ManagedEntityEventArgument;
import com.vmware.vim25.VmEventArgument;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.inventory.Cluster;
import io.cbtguard.simulator.inventory.Datacenter;
import io.cbtguard.simulator.inventory.Datastore;
import io.cbtguard.simulator.inventory.Folder;
import io.cbtguard.simulator.inventory.HostSystem;
import io.cbtguard.simulator.inventory.ManagedEntity;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Names entities in events. */
public final class EventArguments {
    private EventArguments() {}

    public static VmEventArgument vm(ManagedEntity vm) {
        VmEventArgument argument = new VmEventArgument();
        argument.setVm(vm.toVim());
        argument.setName(vm.name());
        return argument;
    }

    public static HostEventArgument host(HostSystem host) {
        HostEventArgument argument = new HostEventArgument();
        argument.setHost(host.toVim());
        argument.setName(host.name());
        return argument;
    }

    public static ComputeResourceEventArgument computeResource(Cluster cluster) {
        ComputeResourceEventArgument argument = new ComputeResourceEventArgument();
        argument.setComputeResource(cluster.toVim());
        argument.setName(cluster.name());
        return argument;
    }

    public static DatacenterEventArgument datacenter(Datacenter datacenter) {
        DatacenterEventArgument argument = new DatacenterEventArgument();
        argument.setDatacenter(datacenter.toVim());
        argument.setName(datacenter.name());
        return argument;
    }

    public static DatastoreEventArgument datastore(Datastore datastore) {
        DatastoreEventArgument argument = new DatastoreEventArgument();
        argument.setDatastore(datastore.toVim());
        argument.setName(datastore.name());
        return argument;
    }

    public static FolderEventArgument folder(Folder folder) {
        FolderEventArgument argument = new FolderEventArgument();
        argument.setFolder(folder.toVim());
        argument.setName(folder.name());
        return argument;
    }

    public static ManagedEntityEventArgument entity(ManagedEntity entity) {
        ManagedEntityEventArgument argument = new ManagedEntityEventArgument();
        argument.setEntity(entity.toVim());
        argument.setName(entity.name());
        return argument;
    }

    /** Fills in what the event is about and where that lies. */
    static void fill(Event event, ManagedEntity entity, @Nullable HostSystem host) {
        if (entity.isA("VirtualMachine")) {
            event.setVm(vm(entity));
        } else if (entity instanceof Datastore datastore) {
            event.setDs(datastore(datastore));
        }
        if (host != null) {
            event.setHost(host(host));
            Cluster cluster = host.cluster();
            if (cluster != null) {
                event.setComputeResource(computeResource(cluster));
            }
        } else if (entity instanceof Cluster cluster) {
            event.setComputeResource(computeResource(cluster));
        }
        Datacenter datacenter = entity instanceof Datacenter self ? self : entity.ancestor(Datacenter.class);
        if (datacenter != null) {
            event.setDatacenter(datacenter(datacenter));
        }
    }

    /** Where an entity lies: its folders and datacenter, and its host with all above that. */
    static List<MoRef> within(ManagedEntity entity, @Nullable HostSystem host) {
        Set<MoRef> within = new LinkedHashSet<>();
        climb(entity.parent(), within);
        if (host != entity) {
            climb(host, within);
        }
        return List.copyOf(within);
    }

    private static void climb(@Nullable ManagedEntity from, Set<MoRef> within) {
        for (ManagedEntity at = from; at != null; at = at.parent()) {
            within.add(at.ref());
        }
    }
}
