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
import io.cbtguard.simulator.fault.FaultRules;
import io.cbtguard.simulator.inventory.Folder;
import io.cbtguard.simulator.property.PropertyOperations;
import io.cbtguard.simulator.service.AuthorizationManager;
import io.cbtguard.simulator.service.OptionManager;
import io.cbtguard.simulator.service.Privileges;
import io.cbtguard.simulator.service.SearchIndex;
import io.cbtguard.simulator.service.ServiceInstance;
import io.cbtguard.simulator.session.SessionManager;
import io.cbtguard.simulator.session.Sessions;
import io.cbtguard.simulator.soap.HttpFront;
import io.cbtguard.simulator.soap.Journal;
import io.cbtguard.simulator.soap.Operations;
import io.cbtguard.simulator.soap.ServiceVersions;
import io.cbtguard.simulator.soap.SoapEndpoint;
import io.cbtguard.simulator.task.TaskLog;
import io.cbtguard.simulator.task.TaskManager;
import io.cbtguard.simulator.task.Tasks;
import io.cbtguard.simulator.tls.ServerCertificate;
import io.cbtguard.simulator.view.ViewManager;
import io.cbtguard.simulator.vm.LifecycleActions;
import io.cbtguard.simulator.vm.PlacementActions;
import io.cbtguard.simulator.vm.PowerActions;
import io.cbtguard.simulator.vm.ReconfigureActions;
import io.cbtguard.simulator.vm.RevertActions;
import io.cbtguard.simulator.vm.SnapshotActions;
import io.cbtguard.simulator.vm.SnapshotOperations;
import io.cbtguard.simulator.vm.VmContext;
import io.cbtguard.simulator.vm.VmFactory;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** A running vCenter simulator; close it to end it. */
public final class Simulator implements AutoCloseable {
    private static final List<String> PRIOR_VERSIONS = List.of(
            "8.0.2.0", "8.0.1.0", "8.0.0.1", "8.0.0.0", "7.0.3.2", "7.0.3.1", "7.0.3.0", "7.0.2.1", "7.0.2.0",
            "7.0.1.1", "7.0.1.0", "7.0.0.2", "7.0.0.0", "6.9.1", "6.8.7", "6.7.3", "6.7.2", "6.7.1", "6.7", "6.5",
            "6.0", "5.5");

    private final SimulatorOptions options;
    private final ServerCertificate certificate = ServerCertificate.create();
    private final Vcenter vcenter;
    private final Sessions sessions;
    private final EventLog events;
    private final TaskLog taskLog;
    private final Tasks tasks;
    private final FaultRules faults;
    private final Journal journal = new Journal();
    private final Privileges privileges = new Privileges();
    private final String instanceUuid;
    private final SoapEndpoint endpoint;
    private final HttpFront soap;

    private Simulator(SimulatorOptions options) {
        this.options = options;
        vcenter = new Vcenter(new Registry(), new SimClock(Clock.systemUTC(), Duration.ZERO), new Ids(options.seed()));
        instanceUuid = vcenter.ids().uuid();
        sessions = new Sessions(new Ids(System.nanoTime()), vcenter.clock());
        events = new EventLog(vcenter);
        taskLog = new TaskLog(vcenter);
        tasks = new Tasks(vcenter, events, taskLog);
        tasks.setDuration(options.taskDuration());
        faults = new FaultRules(options.seed());

        Operations operations = new Operations();
        vcenter.registry().run(() -> {
            VmFactory factory = new VmFactory(vcenter);
            Folder root = new Population(vcenter, factory, options).create();
            services(root, operations);
            virtualMachines(factory, operations);
        });
        endpoint = new SoapEndpoint(vcenter.registry(), sessions, vcenter.clock(), operations, faults, journal);
        soap = new HttpFront(options.port(), options.tls() ? certificate.sslContext() : null)
                .route("/sdk", endpoint)
                .route("/sdk/vimServiceVersions.xml", new ServiceVersions("8.0.3.0", PRIOR_VERSIONS))
                .start();
    }

    /** Starts with an inventory by the options; returns when clients can connect. */
    public static Simulator start(SimulatorOptions options) {
        return new Simulator(options);
    }

    private void virtualMachines(VmFactory factory, Operations operations) {
        VmContext context = new VmContext(vcenter, tasks, events, options.assumptions());
        new SnapshotOperations(new SnapshotActions(context), new RevertActions(context)).register(operations);
        new PowerActions(context).register(operations);
        new ReconfigureActions(context, factory).register(operations);
        new PlacementActions(context).register(operations);
        new LifecycleActions(context, factory).register(operations);
    }

    private void services(Folder root, Operations operations) {
        ServiceInstance service = new ServiceInstance(vcenter.clock(), root, instanceUuid);
        SessionManager sessionManager = new SessionManager(sessions, this::mayLogIn, this::postSessionEvent);
        PropertyOperations properties = new PropertyOperations(vcenter.registry(), vcenter.ids());
        ViewManager views = new ViewManager(vcenter.registry(), vcenter.ids());
        EventManager eventManager = new EventManager(vcenter, events);
        TaskManager taskManager = new TaskManager(vcenter, taskLog);
        OptionManager settings = new OptionManager(vcenter.registry(), this::applySetting);
        SearchIndex search = new SearchIndex(vcenter.registry(), root);
        AuthorizationManager authorization = new AuthorizationManager(sessions, privileges);
        service.register(operations);
        sessionManager.register(operations);
        properties.register(operations);
        views.register(operations);
        eventManager.register(operations);
        taskManager.register(operations);
        settings.register(operations);
        search.register(operations);
        authorization.register(operations);
        for (ManagedObject object : List.of(
                service,
                sessionManager,
                properties,
                views,
                eventManager,
                taskManager,
                settings,
                search,
                authorization)) {
            vcenter.registry().add(object);
        }
    }

    private boolean mayLogIn(String user, String password) {
        return user.equals(options.userName()) && password.equals(options.password());
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
            case "event.maxAge" -> events.setRetention(days(value), 100_000);
            case "task.maxAge" -> taskLog.setRetention(days(value), 100_000);
            case "config.vmacore.soap.maxSessionCount" -> sessions.setLimit(Integer.parseInt(value.toString()));
            default -> {
                // a setting that nothing here depends on
            }
        }
    }

    private static Duration days(Object value) {
        return Duration.ofDays(Long.parseLong(value.toString()));
    }

    /** Where VIM clients connect: {@code .../sdk}. */
    public URI sdkUri() {
        return soap.uri("/sdk");
    }

    /** The certificate of the authority that signed the server's. */
    public String caPem() {
        return certificate.caPem();
    }

    /** SHA-256 of the server's certificate: upper-case pairs with colons. */
    public String thumbprint() {
        return certificate.thumbprint();
    }

    public String userName() {
        return options.userName();
    }

    public String password() {
        return options.password();
    }

    /** {@code about.instanceUuid}. */
    public String instanceUuid() {
        return instanceUuid;
    }

    public Journal journal() {
        return journal;
    }

    public FaultRules faults() {
        return faults;
    }

    @Override
    public void close() {
        endpoint.close();
        vcenter.registry().run(sessions::closeAll);
        tasks.close();
        soap.close();
    }
}
