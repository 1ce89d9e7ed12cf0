package io.cbtguard.simulator.vm;

import com.vmware.vim25.CreateFolderRequestType;
import com.vmware.vim25.DuplicateName;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.MarkAsTemplateRequestType;
import com.vmware.vim25.MarkAsVirtualMachineRequestType;
import com.vmware.vim25.MoveIntoFolderRequestType;
import com.vmware.vim25.RenameRequestType;
import io.cbtguard.simulator.core.FaultException;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.Registry;
import io.cbtguard.simulator.inventory.Folder;
import io.cbtguard.simulator.inventory.ManagedEntity;
import io.cbtguard.simulator.soap.Operations;
import io.cbtguard.simulator.task.Task;
import io.cbtguard.simulator.task.TaskKind;
import java.util.List;

/** The tree of folders: new ones, moves within it, and VMs that become templates. */
final class FolderActions {
    private static final TaskKind MOVE = new TaskKind("MoveIntoFolder_Task", "Folder.moveInto", "Move entities");
    private static final TaskKind RENAME = new TaskKind("Rename_Task", "ManagedEntity.rename", "Rename");

    private final VmContext context;

    FolderActions(VmContext context) {
        this.context = context;
    }

    void register(Operations operations) {
        operations
                .on(
                        "CreateFolder",
                        Folder.class,
                        CreateFolderRequestType.class,
                        (call, self, request) -> create(self, request.getName()))
                .on("MoveIntoFolder_Task", Folder.class, MoveIntoFolderRequestType.class, (call, self, request) -> {
                    List<ManagedEntity> entities = request.getList().stream()
                            .map(entity -> call.resolve(entity, ManagedEntity.class))
                            .toList();
                    return moveInto(self, entities, call.userName()).toVim();
                })
                .on(
                        "Rename_Task",
                        ManagedEntity.class,
                        RenameRequestType.class,
                        (call, self, request) -> context.tasks()
                                .start(RENAME, self, call.userName(), task -> {
                                    self.rename(request.getNewName(), registry());
                                    return null;
                                })
                                .toVim())
                .action(
                        "MarkAsTemplate",
                        VirtualMachine.class,
                        MarkAsTemplateRequestType.class,
                        (call, self, request) -> mark(self, true))
                .action(
                        "MarkAsVirtualMachine",
                        VirtualMachine.class,
                        MarkAsVirtualMachineRequestType.class,
                        (call, self, request) -> mark(self, false));
    }

    private Registry registry() {
        return context.vcenter().registry();
    }

    private ManagedObjectReference create(Folder parent, String name) {
        for (ManagedEntity child : parent.children()) {
            if (child.name().equals(name)) {
                DuplicateName fault = new DuplicateName();
                fault.setName(name);
                fault.setObject(child.toVim());
                throw new FaultException(fault, "The name '" + name + "' already exists.");
            }
        }
        Folder folder = new Folder(
                new MoRef("Folder", "group-v" + context.vcenter().ids().next("entity", 1)), name, parent.childType());
        parent.adopt(folder, registry());
        registry().add(folder);
        return folder.toVim();
    }

    /** Moves entities; their parent changes, and views of subtrees follow. */
    Task moveInto(Folder target, List<ManagedEntity> entities, String user) {
        return context.tasks().start(MOVE, target, user, task -> {
            for (ManagedEntity entity : entities) {
                if (entity.parent() instanceof Folder old) {
                    old.release(entity, registry());
                }
                target.adopt(entity, registry());
                registry().changed(entity, "parent");
                registry().moved(entity);
            }
            return null;
        });
    }

    private static void mark(VirtualMachine vm, boolean template) {
        vm.config().template = template;
        vm.configChanged("config.template", "summary.config.template");
    }
}
