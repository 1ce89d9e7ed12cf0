package io.cbtguard.simulator.view;

import com.vmware.vim25.CreateContainerViewRequestType;
import com.vmware.vim25.CreateListViewRequestType;
import com.vmware.vim25.DestroyViewRequestType;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.ModifyListViewRequestType;
import com.vmware.vim25.ResetListViewRequestType;
import io.cbtguard.simulator.core.Ids;
import io.cbtguard.simulator.core.ManagedObject;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.PropertyTable;
import io.cbtguard.simulator.core.Registry;
import io.cbtguard.simulator.inventory.ManagedEntity;
import io.cbtguard.simulator.session.Session;
import io.cbtguard.simulator.soap.Call;
import io.cbtguard.simulator.soap.Operations;
import java.util.ArrayList;
import java.util.List;

/** Makes views for sessions. */
public final class ViewManager extends ManagedObject {
    private static final PropertyTable TABLE = PropertyTable.<ViewManager>type("ViewManager")
            .empty("viewList", ManagedObjectReference.class)
            .build();

    private final Registry registry;
    private final Ids ids;

    public ViewManager(Registry registry, Ids ids) {
        super(new MoRef("ViewManager", "ViewManager"));
        this.registry = registry;
        this.ids = ids;
    }

    @Override
    public PropertyTable properties() {
        return TABLE;
    }

    public void register(Operations operations) {
        operations
                .on(
                        "CreateContainerView",
                        ViewManager.class,
                        CreateContainerViewRequestType.class,
                        (call, self, request) -> {
                            ManagedEntity container = call.resolve(request.getContainer(), ManagedEntity.class);
                            return keep(
                                    call.session(),
                                    new ContainerView(
                                            ref(call.session(), "ContainerView"),
                                            registry,
                                            call.session(),
                                            container,
                                            request.getType(),
                                            request.isRecursive()));
                        })
                .on(
                        "CreateListView",
                        ViewManager.class,
                        CreateListViewRequestType.class,
                        (call, self, request) -> keep(
                                call.session(),
                                new ListView(
                                        ref(call.session(), "ListView"),
                                        registry,
                                        found(call, request.getObj()).objects)))
                .on("ModifyListView", ListView.class, ModifyListViewRequestType.class, (call, self, request) -> {
                    Found add = found(call, request.getAdd());
                    Found remove = found(call, request.getRemove());
                    self.modify(add.objects, remove.objects);
                    return add.missing;
                })
                .on("ResetListView", ListView.class, ResetListViewRequestType.class, (call, self, request) -> {
                    Found found = found(call, request.getObj());
                    self.reset(found.objects);
                    return found.missing;
                })
                .action(
                        "DestroyView",
                        View.class,
                        DestroyViewRequestType.class,
                        (call, self, request) -> self.destroy(call.session()));
    }

    private record Found(List<ManagedObject> objects, List<ManagedObjectReference> missing) {}

    private static Found found(Call call, List<ManagedObjectReference> references) {
        Found found = new Found(new ArrayList<>(), new ArrayList<>());
        for (ManagedObjectReference reference : references) {
            try {
                found.objects.add(call.resolve(reference));
            } catch (io.cbtguard.simulator.core.FaultException e) {
                found.missing.add(reference);
            }
        }
        return found;
    }

    private MoRef ref(Session session, String type) {
        return new MoRef(type, "session[" + session.key() + "]" + ids.uuid());
    }

    private static ManagedObjectReference keep(Session session, View view) {
        session.keep(view);
        return view.toVim();
    }
}
