package io.cbtguard.simulator.service;

import com.vmware.vim25.FindAllByUuidRequestType;
import com.vmware.vim25.FindByInventoryPathRequestType;
import com.vmware.vim25.FindByUuidRequestType;
import com.vmware.vim25.FindChildRequestType;
import com.vmware.vim25.ManagedObjectReference;
import io.cbtguard.simulator.core.ManagedObject;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.PropertyTable;
import io.cbtguard.simulator.core.Registry;
import io.cbtguard.simulator.inventory.Cluster;
import io.cbtguard.simulator.inventory.Datacenter;
import io.cbtguard.simulator.inventory.Folder;
import io.cbtguard.simulator.inventory.HostSystem;
import io.cbtguard.simulator.inventory.ManagedEntity;
import io.cbtguard.simulator.soap.Operations;
import io.cbtguard.simulator.vm.VirtualMachine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds entities by UUID and by path. */
public final class SearchIndex extends ManagedObject {
    private static final PropertyTable TABLE = PropertyTable.type("SearchIndex").build();

    private final Registry registry;
    private final Folder rootFolder;

    public SearchIndex(Registry registry, Folder rootFolder) {
        super(new MoRef("SearchIndex", "SearchIndex"));
        this.registry = registry;
        this.rootFolder = rootFolder;
    }

    @Override
    public PropertyTable properties() {
        return TABLE;
    }

    public void register(Operations operations) {
        operations
                .on("FindByUuid", SearchIndex.class, FindByUuidRequestType.class, (call, self, request) -> {
                    boolean instance = Boolean.TRUE.equals(request.isInstanceUuid());
                    return byUuid(request.getUuid(), request.isVmSearch(), instance).stream()
                            .findFirst()
                            .orElse(null);
                })
                .on(
                        "FindAllByUuid",
                        SearchIndex.class,
                        FindAllByUuidRequestType.class,
                        (call, self, request) -> byUuid(
                                request.getUuid(), request.isVmSearch(), Boolean.TRUE.equals(request.isInstanceUuid())))
                .on(
                        "FindByInventoryPath",
                        SearchIndex.class,
                        FindByInventoryPathRequestType.class,
                        (call, self, request) -> toVim(byPath(request.getInventoryPath())))
                .on(
                        "FindChild",
                        SearchIndex.class,
                        FindChildRequestType.class,
                        (call, self, request) -> toVim(
                                child(call.resolve(request.getEntity(), ManagedEntity.class), request.getName())));
    }

    private List<ManagedObjectReference> byUuid(String uuid, boolean vms, boolean instance) {
        List<ManagedObjectReference> found = new ArrayList<>();
        for (ManagedObject object : registry.all()) {
            boolean matches = vms
                    ? object instanceof VirtualMachine vm && uuid.equals(instance ? vm.instanceUuid() : vm.biosUuid())
                    : object instanceof HostSystem host && uuid.equals(host.uuid());
            if (matches) {
                found.add(object.toVim());
            }
        }
        return found;
    }

    /** Such as DC0/vm/web/web-01; the root folder is not part of it. */
    private @Nullable ManagedEntity byPath(String path) {
        ManagedEntity at = rootFolder;
        for (String name : path.split("/", -1)) {
            if (!name.isEmpty() && at != null) {
                at = child(at, name.replace("%2f", "/").replace("%25", "%"));
            }
        }
        return at;
    }

    private static @Nullable ManagedEntity child(ManagedEntity entity, String name) {
        return children(entity).stream()
                .filter(child -> child.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static Collection<? extends ManagedEntity> children(ManagedEntity entity) {
        return switch (entity) {
            case Folder folder -> folder.children();
            case Datacenter dc -> List.of(dc.vmFolder(), dc.hostFolder(), dc.datastoreFolder(), dc.networkFolder());
            case Cluster cluster -> {
                List<ManagedEntity> all = new ArrayList<>(cluster.hosts());
                all.add(cluster.resourcePool());
                yield all;
            }
            default -> List.of();
        };
    }

    private static @Nullable ManagedObjectReference toVim(@Nullable ManagedEntity entity) {
        return entity == null ? null : entity.toVim();
    }
}
