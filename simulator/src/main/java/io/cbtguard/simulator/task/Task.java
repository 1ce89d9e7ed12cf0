package io.cbtguard.simulator.task;

import com.vmware.vim25.LocalizedMethodFault;
import com.vmware.vim25.TaskInfo;
import com.vmware.vim25.TaskInfoState;
import com.vmware.vim25.TaskReasonUser;
import io.cbtguard.simulator.core.FaultException;
import io.cbtguard.simulator.core.ManagedObject;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.PropertyTable;
import io.cbtguard.simulator.core.VimTime;
import io.cbtguard.simulator.inventory.ManagedEntity;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One task and how far it has come. */
public final class Task extends ManagedObject {
    private static final PropertyTable TABLE = PropertyTable.<Task>type(
                    "Task", PropertyTable.type("ExtensibleManagedObject").build())
            .value("info", TaskInfo.class, Task::toInfo)
            .build();

    private final TaskKind kind;
    private final ManagedEntity entity;
    private final String entityName;
    private final String userName;
    private final Instant queueTime;
    private @Nullable Instant startTime;
    private @Nullable Instant completeTime;
    private TaskInfoState state = TaskInfoState.QUEUED;
    private @Nullable Object result;
    private @Nullable FaultException error;
    private int eventChainId;
    private final CompletableFuture<Task> completion = new CompletableFuture<>();

    Task(MoRef ref, TaskKind kind, ManagedEntity entity, String userName, Instant now) {
        super(ref);
        this.kind = kind;
        this.entity = entity;
        this.entityName = entity.name();
        this.userName = userName;
        this.queueTime = now;
    }

    @Override
    public PropertyTable properties() {
        return TABLE;
    }

    public ManagedEntity entity() {
        return entity;
    }

    public String descriptionId() {
        return kind.descriptionId();
    }

    public String userName() {
        return userName;
    }

    public int eventChainId() {
        return eventChainId;
    }

    public TaskInfoState state() {
        return state;
    }

    public Instant queueTime() {
        return queueTime;
    }

    public @Nullable Instant startTime() {
        return startTime;
    }

    public @Nullable Instant completeTime() {
        return completeTime;
    }

    public @Nullable FaultException error() {
        return error;
    }

    /** Completes with the task itself when it has ended, well or not. */
    public CompletableFuture<Task> completion() {
        return completion;
    }

    public @Nullable Object result() {
        return result;
    }

    public boolean isDone() {
        return completeTime != null;
    }

    void chain(int id) {
        eventChainId = id;
    }

    void started(Instant now) {
        state = TaskInfoState.RUNNING;
        startTime = now;
    }

    void succeeded(@Nullable Object value, Instant now) {
        state = TaskInfoState.SUCCESS;
        result = value;
        completeTime = now;
    }

    void failed(FaultException fault, Instant now) {
        state = TaskInfoState.ERROR;
        error = fault;
        completeTime = now;
    }

    /** The task as it stands; a snapshot that later steps do not change. */
    public TaskInfo toInfo() {
        TaskInfo info = new TaskInfo();
        info.setKey(ref().value());
        info.setTask(toVim());
        info.setName(kind.method());
        info.setDescriptionId(kind.descriptionId());
        info.setEntity(entity.toVim());
        info.setEntityName(entityName);
        info.setState(state);
        info.setCancelled(false);
        info.setCancelable(false);
        info.setProgress(state == TaskInfoState.RUNNING ? 0 : null);
        info.setResult(result);
        TaskReasonUser reason = new TaskReasonUser();
        reason.setUserName(userName);
        info.setReason(reason);
        info.setQueueTime(VimTime.toVim(queueTime));
        info.setStartTime(startTime == null ? null : VimTime.toVim(startTime));
        info.setCompleteTime(completeTime == null ? null : VimTime.toVim(completeTime));
        info.setEventChainId(eventChainId);
        info.setActivationId(null);
        if (error != null) {
            LocalizedMethodFault fault = new LocalizedMethodFault();
            fault.setFault(error.fault());
            fault.setLocalizedMessage(error.getMessage());
            info.setError(fault);
        }
        return info;
    }
}
