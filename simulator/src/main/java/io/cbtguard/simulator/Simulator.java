package io.cbtguard.simulator;

import io.cbtguard.simulator.control.Controls;
import io.cbtguard.simulator.core.Registry;
import io.cbtguard.simulator.event.PostedEvent;
import io.cbtguard.simulator.fault.FaultRule;
import io.cbtguard.simulator.fault.FaultRules;
import io.cbtguard.simulator.host.Hosts;
import io.cbtguard.simulator.inventory.ManagedEntity;
import io.cbtguard.simulator.rest.RestEndpoint;
import io.cbtguard.simulator.rest.Tagging;
import io.cbtguard.simulator.session.Accounts;
import io.cbtguard.simulator.session.Privileges;
import io.cbtguard.simulator.session.Session;
import io.cbtguard.simulator.soap.HttpFront;
import io.cbtguard.simulator.soap.Journal;
import io.cbtguard.simulator.soap.ServiceVersions;
import io.cbtguard.simulator.soap.SoapEndpoint;
import io.cbtguard.simulator.tls.ServerCertificate;
import io.cbtguard.simulator.vm.GuestLoad;
import io.cbtguard.simulator.vm.VirtualMachine;
import io.cbtguard.simulator.vm.VirtualMachines;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A running vCenter simulator; close it to end it. */
public final class Simulator implements AutoCloseable {
    /** Who does what is done through this API rather than over SOAP, unless another name is given. */
    public static final String CONTROL_USER = "VSPHERE.LOCAL\\Administrator";

    private final SimulatorOptions options;
    private final ServerCertificate certificate = ServerCertificate.create();
    private final Wiring parts;
    private final FaultRules faults;
    private final Journal journal = new Journal();
    private final ServiceVersions versions = new ServiceVersions();
    private final SoapEndpoint endpoint;
    private final VirtualMachines vms;
    private final Hosts hosts;
    private final GuestLoad load;
    private final HttpFront soap;
    private final HttpFront control;

    private Simulator(SimulatorOptions options) {
        this.options = options;
        parts = new Wiring(options);
        faults = new FaultRules(options.seed());
        vms = new VirtualMachines(parts.vms, CONTROL_USER);
        load = new GuestLoad(parts.vms, options.seed());
        hosts = new Hosts(parts.vcenter, parts.hosts, parts.events, CONTROL_USER);
        endpoint = new SoapEndpoint(
                registry(), parts.sessions, parts.vcenter.clock(), parts.operations, faults, journal, versions);
        soap = new HttpFront(options.port(), options.tls() ? certificate.sslContext() : null);
        RestEndpoint rest = new RestEndpoint(registry(), parts.restSessions, parts.tagging);
        soap.route("/sdk", endpoint)
                .route("/api", rest)
                .route("/rest", rest)
                .route("/sdk/vimServiceVersions.xml", versions)
                .start();
        control = new HttpFront(options.controlPort(), null);
        control.route("/", Controls.of(this)).start();
    }

    /** Starts with an inventory by the options; returns when clients can connect. */
    public static Simulator start(SimulatorOptions options) {
        return new Simulator(options);
    }

    private Registry registry() {
        return parts.vcenter.registry();
    }

    /** Where VIM clients connect: {@code .../sdk}. */
    public URI sdkUri() {
        return soap.uri("/sdk");
    }

    /** The control port, plain HTTP; {@code GET /} there lists what it can do. */
    public URI controlUri() {
        return control.uri("/");
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
        return parts.instanceUuid;
    }

    public VirtualMachines vms() {
        return vms;
    }

    public Hosts hosts() {
        return hosts;
    }

    /** Calls so far. */
    public Journal journal() {
        return journal;
    }

    /** Failures on demand. */
    public FaultRules faults() {
        return faults;
    }

    /** The versions of the API that are listed, and whether others are refused. */
    public ServiceVersions versions() {
        return versions;
    }

    /** Who may log in. */
    public Accounts accounts() {
        return parts.accounts;
    }

    public Privileges privileges() {
        return parts.privileges;
    }

    /** Takes a VM out of a user's sight, or puts it back: views, events and tasks follow. */
    public void setHidden(String user, String vm, boolean isHidden) {
        registry().run(() -> {
            ManagedEntity found = entity(vm);
            parts.privileges.setHidden(user, found.ref(), isHidden);
            registry().moved(found);
        });
    }

    /**
     * Takes a property of a VM from a user, or gives it back: answers name it in their {@code missingSet}.
     *
     * @param path with everything below it; empty for all properties
     */
    public void setWithheld(String user, String vm, String path, boolean isWithheld) {
        registry().run(() -> {
            ManagedEntity found = entity(vm);
            parts.privileges.setWithheld(user, found.ref(), path, isWithheld);
            registry().changed(found, path.isEmpty() ? found.properties().names() : List.of(path));
        });
    }

    /** Sets a custom attribute of a VM and defines it if need be; an empty value takes it away. */
    public void setCustomValue(String vm, String name, String value, String user) {
        registry().run(() -> parts.customFields.set(entity(vm), name, value, user));
    }

    private ManagedEntity entity(String vm) {
        return registry().findByNameOrRef(vm, VirtualMachine.class, ManagedEntity::name);
    }

    /** Tags, which clients find over REST. */
    public Tagging tags() {
        return parts.tagging;
    }

    /** Guests that write at random. */
    public GuestLoad load() {
        return load;
    }

    /** vCenter's present, as CurrentTime tells it. */
    public Instant now() {
        return parts.vcenter.clock().now();
    }

    public void setClockOffset(Duration offset) {
        parts.vcenter.clock().setOffset(offset);
    }

    /**
     * Lets the next task of a kind fail.
     *
     * @param descriptionId such as {@code vm.Snapshot.revert}
     * @param fault the fault's type, such as {@code InvalidState}
     */
    public void failNextTask(String descriptionId, String fault) {
        registry().run(() -> parts.tasks.failNext(descriptionId, FaultRule.fault(fault)));
    }

    public void setTaskDuration(Duration duration) {
        parts.tasks.setDuration(duration);
    }

    /** A setting of the OptionManager, such as {@code event.maxAge}. */
    public void setSetting(String name, Object value) {
        registry().run(() -> parts.settings.set(name, value));
    }

    /**
     * Forgets events and tasks.
     *
     * @param before older ones only; null for all
     */
    public void expireHistory(@Nullable Instant before) {
        registry().run(() -> {
            parts.events.expireBefore(before == null ? Instant.MAX : before);
            parts.taskLog.expireBefore(before == null ? Instant.MAX : before);
        });
    }

    /** Whether bursts of identical events are merged in the history; they are at the start. */
    public void setMergesBursts(boolean on) {
        registry().run(() -> parts.events.setMergesBursts(on));
    }

    public void setNextEventKey(int key) {
        registry().run(() -> parts.events.setNextKey(key));
    }

    /** The newest events, oldest first. */
    public List<PostedEvent> newestEvents(int count) {
        return registry().locked(() -> PostedEvent.newest(parts.events, count));
    }

    public List<String> openSessions() {
        return registry()
                .locked(() ->
                        parts.sessions.all().stream().map(Session::userName).toList());
    }

    /** Ends all API sessions, with everything that hangs on them. */
    public void killSessions() {
        registry().run(parts.sessions::closeAll);
        parts.restSessions.closeAll();
    }

    /** How many sessions may be open; further logins get HTTP 503. */
    public void setSessionLimit(int limit) {
        registry().run(() -> parts.sessions.setLimit(limit));
    }

    public void setSessionTimeout(Duration idle) {
        registry().run(() -> parts.sessions.setIdleTimeout(idle));
    }

    /**
     * Restarts vCenter's service: all sessions are gone, and calls get HTTP 503 for a while.
     *
     * @param loseHistory whether events and tasks are lost, as after a restore from an older backup
     */
    public void restart(Duration downtime, boolean loseHistory) {
        endpoint.unavailableFor(downtime);
        killSessions();
        if (loseHistory) {
            expireHistory(null);
        }
    }

    /** What vCenter's own backup would hold of the present: see {@link #restore}. */
    public VcenterBackup backUp() {
        return registry().locked(() -> VcenterBackup.of(parts));
    }

    /**
     * Restores vCenter from a backup. Sessions and tasks under way are gone, calls get HTTP 503 for a while; history and
     * moRefs are the older ones, and their numbers are given out again. VMs, hosts and disks do not go back: what the
     * backup does not know is discovered under another moRef, what is no longer there is orphaned.
     */
    public void restore(VcenterBackup backup, Duration downtime) {
        endpoint.unavailableFor(downtime);
        registry().run(() -> {
            killSessions();
            parts.tasks.abandon();
            backup.restore(parts);
        });
    }

    @Override
    public void close() {
        endpoint.close();
        load.close();
        killSessions();
        parts.tasks.close();
        soap.close();
        control.close();
    }
}
