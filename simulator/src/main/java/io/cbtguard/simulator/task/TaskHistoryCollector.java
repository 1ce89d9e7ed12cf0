package io.cbtguard.simulator.task;

import com.vmware.vim25.TaskFilterSpec;
import com.vmware.vim25.TaskInfo;
import io.cbtguard.simulator.core.HistoryReader;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.PropertyTable;
import io.cbtguard.simulator.core.Registry;
import io.cbtguard.simulator.core.Vcenter;
import io.cbtguard.simulator.history.HistoryCollector;
import io.cbtguard.simulator.session.Session;
import java.util.List;
import java.util.function.Consumer;

/** One session's way through the task history. */
final class TaskHistoryCollector extends HistoryCollector {
    private static final PropertyTable HISTORY = PropertyTable.<TaskHistoryCollector>type("HistoryCollector")
            .value("filter", TaskFilterSpec.class, collector -> collector.spec)
            .build();
    private static final PropertyTable TABLE = PropertyTable.<TaskHistoryCollector>type("TaskHistoryCollector", HISTORY)
            .list("latestPage", TaskInfo.class, collector -> infos(collector.reader.latest()))
            .build();

    private final TaskFilterSpec spec;
    private final TaskLog log;
    private final HistoryReader<Task> reader;
    private final Consumer<Task> listener;

    TaskHistoryCollector(MoRef ref, TaskFilterSpec spec, TaskFilter filter, TaskLog log, Registry registry) {
        super(ref);
        this.spec = spec;
        this.log = log;
        this.reader = new HistoryReader<>(filter.order(log), filter);
        // a task that no longer matches changes the page too
        this.listener = task -> registry.changed(this, "latestPage");
        log.listen(listener);
    }

    static MoRef next(Session session, Vcenter vcenter) {
        return next("TaskHistoryCollector", TaskHistoryCollector.class, session, vcenter);
    }

    @Override
    public PropertyTable properties() {
        return TABLE;
    }

    @Override
    protected HistoryReader<Task> reader() {
        return reader;
    }

    static List<TaskInfo> infos(List<Task> tasks) {
        return tasks.stream().map(Task::toInfo).toList();
    }

    @Override
    protected void forget() {
        log.forget(listener);
    }
}
