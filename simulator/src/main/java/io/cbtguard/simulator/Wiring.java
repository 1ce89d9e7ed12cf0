package io.cbtguard.simulator;

import com.vmware.vim25.Event;
import com.vmware.vim25.UserLoginSessionEvent;
import com.vmware.vim25.UserLogoutSessionEvent;
import com.vmware.vim25.UserSession;
import io.cbtguard.simulator.core.Ids;
import io.cbtguard.simulator.core.ManagedObject;
import io.cbtguard.simulator.core.Registry;
import io.cbtguard.simulator.core.SimClock;
import io.cbtguard.simulator.core.Vcenter;
import io.cbtguard.simulator.event.EventLog;
import io.cbtguard.simulator.event.EventManager;
import io.cbtguard.simulator.history.HistoryCollector;
import io.cbtguard.simulator.host.HostActions;
import io.cbtguard.simulator.host.HostOperations;
import io.cbtguard.simulator.inventory.CustomFields;
import io.cbtguard.simulator.inventory.Folder;
import io.cbtguard.simulator.property.PropertyOperations;
import io.cbtguard.simulator.rest.RestSessions;
import io.cbtguard.simulator.rest.Tagging;
import io.cbtguard.simulator.service.AuthorizationManager;
import io.cbtguard.simulator.service.CustomFieldsManager;
import io.cbtguard.simulator.service.OptionManager;
import io.cbtguard.simulator.service.SearchIndex;
import io.cbtguard.simulator.service.ServiceInstance;
import io.cbtguard.simulator.session.Accounts;
import io.cbtguard.simulator.session.Privileges;
import io.cbtguard.simulator.session.SessionManager;
import io.cbtguard.simulator.session.Sessions;
import io.cbtguard.simulator.soap.Operations;
import io.cbtguard.simulator.task.TaskLog;
import io.cbtguard.simulator.task.TaskManager;
import io.cbtguard.simulator.task.Tasks;
import io.cbtguard.simulator.view.ViewManager;
import io.cbtguard.simulator.vm.VmActions;
import io.cbtguard.simulator.vm.VmContext;
import io.cbtguard.simulator.vm.VmFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The parts of one vCenter, connected with each other. */
final class Wiring {
    final Vcenter vcenter;
    final Operations operations = new Operations();
    final Accounts accounts = new Accounts();
    final Privileges privileges = new Privileges();
    final Sessions sessions;
    final EventLog events;
    final TaskLog taskLog;
    final Tasks tasks;
    final String instanceUuid;
    final VmActions vms;
    final HostActions hosts;
    final OptionManager settings;
    final CustomFieldsManager customFields;
    final Tagging tagging;
    final RestSessions restSessions;

    Wiring(SimulatorOptions options) {
        vcenter = new Vcenter(
                new Registry(),
                new SimClock(Clock.systemUTC(), Duration.ZERO),
                new Ids(options.seed()),
                options.assumptions());
        instanceUuid = vcenter.ids().uuid();
        // cookies must not be guessable from the seed
        sessions = new Sessions(new Ids(System.nanoTime()), vcenter.clock(), privileges);
        events = new EventLog(vcenter);
        taskLog = new TaskLog(vcenter);
        tasks = new Tasks(vcenter, events, taskLog);
        tasks.setDuration(options.taskDuration());
        accounts.set(options.userName(), options.password());
        VmFactory factory = new VmFactory(vcenter);
        vms = VmActions.of(new VmContext(vcenter, tasks, events), factory);
        hosts = new HostActions(vcenter, tasks, events);
        settings = new OptionManager(vcenter.registry(), this::applySetting);
        CustomFields fields = new CustomFields();
        tagging = new Tagging(vcenter, events);
        restSessions = new RestSessions(accounts, vcenter.clock());
        customFields = new CustomFieldsManager(vcenter.registry(), events, fields);
        vcenter.registry().run(() -> {
            Folder root = new Population(vcenter, factory, options).create();
            root.define(fields);
            services(root);
        });
        vms.register(operations);
        new HostOperations(hosts).register(operations);
    }

    private void services(Folder root) {
        ServiceInstance service = new ServiceInstance(vcenter.clock(), root, instanceUuid);
        SessionManager sessionManager = new SessionManager(sessions, accounts::matches, this::postSessionEvent);
        PropertyOperations properties = new PropertyOperations(vcenter.registry(), vcenter.ids());
        ViewManager views = new ViewManager(vcenter.registry(), vcenter.ids());
        EventManager eventManager = new EventManager(vcenter, events);
        TaskManager taskManager = new TaskManager(vcenter, taskLog);
        SearchIndex search = new SearchIndex(vcenter.registry(), root);
        AuthorizationManager authorization = new AuthorizationManager(sessions, privileges);
        service.register(operations);
        sessionManager.register(operations);
        properties.register(operations);
        views.register(operations);
        eventManager.register(operations);
        taskManager.register(operations);
        HistoryCollector.register(operations);
        settings.register(operations);
        search.register(operations);
        authorization.register(operations);
        customFields.register(operations);
        List<ManagedObject> singletons = List.of(
                service,
                sessionManager,
                properties,
                views,
                eventManager,
                taskManager,
                settings,
                search,
                authorization,
                customFields);
        singletons.forEach(vcenter.registry()::add);
    }

    private void postSessionEvent(SessionManager.Opened change) {
        UserSession session = change.session();
        Event event;
        if (change.closed()) {
            UserLogoutSessionEvent logout = new UserLogoutSessionEvent();
            logout.setIpAddress(session.getIpAddress());
            logout.setSessionId(session.getKey());
            logout.setLoginTime(session.getLoginTime());
            logout.setCallCount(session.getCallCount());
            event = logout;
        } else {
            UserLoginSessionEvent login = new UserLoginSessionEvent();
            login.setIpAddress(session.getIpAddress());
            login.setUserAgent(session.getUserAgent());
            login.setLocale(session.getLocale());
            login.setSessionId(session.getKey());
            event = login;
        }
        event.setFullFormattedMessage("User " + session.getUserName() + "@" + session.getIpAddress() + " logged "
                + (change.closed() ? "out" : "in as " + session.getUserAgent()));
        events.post(event, null, null, session.getUserName(), 0);
    }

    private void applySetting(String name, Object value) {
        switch (name) {
            case "event.maxAge" -> events.setMaxAge(days(value));
            case "task.maxAge" -> taskLog.setMaxAge(days(value));
            case "config.vmacore.soap.maxSessionCount" -> sessions.setLimit(Integer.parseInt(value.toString()));
            default -> {
                // a setting that nothing here depends on
            }
        }
    }

    private static Duration days(Object value) {
        return Duration.ofDays(Long.parseLong(value.toString()));
    }
}
