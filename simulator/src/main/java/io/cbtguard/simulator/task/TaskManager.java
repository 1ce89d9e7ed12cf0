package io.cbtguard.simulator.task;

import com.vmware.vim25.CancelTaskRequestType;
import com.vmware.vim25.CreateCollectorForTasksRequestType;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.ReadNextTasksRequestType;
import com.vmware.vim25.ReadPreviousTasksRequestType;
import com.vmware.vim25.TaskDescription;
import com.vmware.vim25.TaskInfoState;
import io.cbtguard.simulator.core.Faults;
import io.cbtguard.simulator.core.ManagedObject;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.PropertyTable;
import io.cbtguard.simulator.core.Vcenter;
import io.cbtguard.simulator.history.HistoryCollector;
import io.cbtguard.simulator.session.Session;
import io.cbtguard.simulator.soap.Call;
import io.cbtguard.simulator.soap.Operations;

/** Reading tasks. */
public final class TaskManager extends ManagedObject {
    private static final PropertyTable TABLE = PropertyTable.<TaskManager>type("TaskManager")
            .list("recentTask", ManagedObjectReference.class, manager -> MoRef.list(manager.log.recent()))
            .value("description", TaskDescription.class, manager -> new TaskDescription())
            .value("maxCollector", Integer.class, manager -> HistoryCollector.MOST)
            .build();

    private final Vcenter vcenter;
    private final TaskLog log;

    public TaskManager(Vcenter vcenter, TaskLog log) {
        super(new MoRef("TaskManager", "TaskManager"));
        this.vcenter = vcenter;
        this.log = log;
        log.listen(task -> {
            if (task.state() == TaskInfoState.QUEUED) {
                vcenter.registry().changed(this, "recentTask");
            }
        });
    }

    @Override
    public PropertyTable properties() {
        return TABLE;
    }

    public void register(Operations operations) {
        Class<TaskHistoryCollector> collector = TaskHistoryCollector.class;
        operations
                .on(
                        "CreateCollectorForTasks",
                        TaskManager.class,
                        CreateCollectorForTasksRequestType.class,
                        (call, self, request) -> create(call, request))
                .action("CancelTask", Task.class, CancelTaskRequestType.class, (call, self, request) -> {
                    throw Faults.invalidState();
                })
                .on(
                        "ReadNextTasks",
                        collector,
                        ReadNextTasksRequestType.class,
                        (call, self, request) ->
                                TaskHistoryCollector.infos(self.reader().next(request.getMaxCount())))
                .on(
                        "ReadPreviousTasks",
                        collector,
                        ReadPreviousTasksRequestType.class,
                        (call, self, request) ->
                                TaskHistoryCollector.infos(self.reader().previous(request.getMaxCount())));
    }

    private ManagedObjectReference create(Call call, CreateCollectorForTasksRequestType request) {
        Session session = call.session();
        MoRef ref = TaskHistoryCollector.next(session, vcenter);
        TaskFilter filter = new TaskFilter(request.getFilter(), session, wanted -> call.resolve(wanted.toVim()));
        TaskHistoryCollector collector =
                new TaskHistoryCollector(ref, request.getFilter(), filter, log, vcenter.registry());
        session.keep(collector);
        return collector.toVim();
    }
}
