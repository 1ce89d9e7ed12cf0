package io.cbtguard.fake;

import io.cbtguard.inventory.Disk;
import io.cbtguard.inventory.EsxBuild;
import io.cbtguard.inventory.Host;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.Snapshot;
import io.cbtguard.inventory.Snapshot.SnapshotDisk;
import io.cbtguard.inventory.TaskInFlight;
import io.cbtguard.inventory.Trackability;
import io.cbtguard.inventory.VcenterAbout;
import io.cbtguard.inventory.VcenterView;
import io.cbtguard.inventory.VirtualMachine;
import io.cbtguard.vsphere.Outage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A vCenter in a few maps: VMs, hosts, a history, and what is wrong with it. Every change is told to its open watches. */
public final class FakeVcenter {
    public static final String USER = "guard@vsphere.local";
    public static final String PASSWORD = "secret";
    public static final EsxBuild BUILD = new EsxBuild("8.0.3", 24322831);
    public static final String WHO = "VSPHERE.LOCAL\\operator-of-the-night";

    final VcenterAbout about;
    final Map<String, VirtualMachine> vms = new LinkedHashMap<>();
    final Map<String, Host> hosts = new LinkedHashMap<>();
    final Map<String, List<TaskInFlight>> tasks = new HashMap<>();
    final List<Occurrence> history = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<FakeWatch> watches = new CopyOnWriteArrayList<>();
    long lastKey = 1000;
    long oldestKey;
    private int running;
    private int attached;

    @Nullable Outage outage;

    private String password = PASSWORD;

    public FakeVcenter() {
        this(UUID.randomUUID().toString());
    }

    public FakeVcenter(String instanceUuid) {
        about = new VcenterAbout(instanceUuid, "8.0.3", 24322831, "8.0.3.0");
        hosts.put("host-1", new Host("host-1", "esx-1", BUILD, true));
    }

    /** Adds a tracked VM with one disk; returns its moRef. */
    public String add(String name) {
        return add(name, "/DC0/vm/shop/" + name);
    }

    public String add(String name, String path) {
        return add(name, UUID.randomUUID().toString(), path);
    }

    public synchronized String add(String name, String instanceUuid, String path) {
        String moRef = "vm-" + ++running;
        String epoch = "52 " + String.format("%02x", running) + " aa bb";
        Disk disk = new Disk(
                "6000C29a-" + running,
                "1-" + running,
                2000,
                "Hard disk 1",
                42949672960L,
                "datastore-11",
                epoch + "/1",
                true,
                Trackability.TRACKABLE);
        numbers.put(moRef, 1);
        vms.put(
                moRef,
                new VirtualMachine(
                        moRef,
                        instanceUuid,
                        name,
                        path,
                        "host-1",
                        true,
                        "poweredOn",
                        false,
                        "1",
                        true,
                        true,
                        List.of(disk),
                        List.of(),
                        null));
        tell(Set.of(moRef));
        return moRef;
    }

    /** Adds a VM that has counted as many change IDs as another one without snapshots, on a disk of its own; returns its moRef. */
    public synchronized String addLike(VirtualMachine other, String name, String instanceUuid, String path) {
        String moRef = add(name, instanceUuid, path);
        Disk fresh = vm(moRef).disks().getFirst();
        int number = Objects.requireNonNull(numbers.get(other.moRef()));
        numbers.put(moRef, number);
        vms.put(moRef, with(vm(moRef), List.of(counted(fresh, number)), List.of(), null));
        tell(Set.of(moRef));
        return moRef;
    }

    /** The part of a disk's change ID that stays while tracking goes on. */
    public static String epoch(Disk disk) {
        return String.valueOf(disk.changeId()).replaceAll("/.*", "");
    }

    private static Disk counted(Disk disk, int number) {
        return new Disk(
                disk.id(),
                disk.objectId(),
                disk.key(),
                disk.label(),
                disk.capacityBytes(),
                disk.datastore(),
                epoch(disk) + "/" + number,
                true,
                Trackability.TRACKABLE);
    }

    /** Adds a second disk, which is tracked and has no change ID yet. */
    public synchronized void addDisk(String vm) {
        VirtualMachine old = vm(vm);
        List<Disk> disks = new ArrayList<>(old.disks());
        disks.add(new Disk(
                "6000C29a-" + ++running,
                "2-" + running,
                2001,
                "Hard disk 2",
                42949672960L,
                "datastore-11",
                null,
                true,
                Trackability.TRACKABLE));
        vms.put(vm, with(old, disks, old.snapshots(), old.currentSnapshot()));
        tell(Set.of(vm));
    }

    /** Takes a snapshot, which mints a change ID; returns its moRef. */
    public synchronized String snapshot(String vm, String name) {
        VirtualMachine old = vm(vm);
        Position queued = next();
        int number = numbers.merge(vm, 1, Integer::sum);
        String moRef = "snapshot-" + ++running;
        Disk disk = old.disks().getFirst();
        Disk live = counted(disk, number);
        Position done = next();
        Interval interval = new Interval(queued, done);
        List<Snapshot> snapshots = new ArrayList<>(old.snapshots());
        snapshots.add(new Snapshot(
                moRef,
                running,
                name,
                Instant.now(),
                old.currentSnapshot(),
                interval,
                List.of(new SnapshotDisk(disk.id(), disk.key(), live.changeId())),
                true));
        vms.put(vm, with(old, List.of(live), snapshots, moRef));
        happened(OccurrenceKind.SNAPSHOT_CREATED, interval, vm, "", "VirtualMachine.createSnapshot", moRef);
        tell(Set.of(vm));
        return moRef;
    }

    public synchronized void removeSnapshot(String vm, String snapshot) {
        VirtualMachine old = vm(vm);
        List<Snapshot> kept = old.snapshots().stream()
                .filter(s -> !s.moRef().equals(snapshot))
                .toList();
        vms.put(
                vm,
                with(
                        old,
                        old.disks(),
                        kept,
                        kept.isEmpty() ? null : kept.getLast().moRef()));
        tell(Set.of(vm));
    }

    /** Reverts the VM; its configuration stays as it is, as after a revert to the current snapshot. Returns the event's key. */
    public synchronized long revert(String vm, String snapshot) {
        Interval interval = new Interval(next(), next());
        happened(
                OccurrenceKind.REVERTED,
                interval,
                vm,
                "com.vmware.vc.vm.VmStateRevertedToSnapshot",
                "vm.Snapshot.revert",
                snapshot);
        tell(Set.of(vm));
        return interval.to().key();
    }

    public synchronized void build(String host, EsxBuild build) {
        hosts.put(host, new Host(host, "esx-1", build, true));
        tell(Set.copyOf(vms.keySet()));
    }

    public synchronized void change(String vm, UnaryOperator<VirtualMachine> change) {
        vms.put(vm, change.apply(vm(vm)));
        tell(Set.of(vm));
    }

    public synchronized VirtualMachine remove(String vm) {
        VirtualMachine gone = vm(vm);
        vms.remove(vm);
        tell(Set.of(vm));
        return gone;
    }

    public synchronized void put(VirtualMachine vm) {
        vms.put(vm.moRef(), vm);
        tell(Set.of(vm.moRef()));
    }

    public synchronized void inFlight(String vm, @Nullable String task) {
        tasks.put(
                vm,
                task == null
                        ? List.of()
                        : List.of(new TaskInFlight("task-" + ++running, vm, task, next(), WHO, false)));
        tell(Set.of(vm));
    }

    /** Events so far can no longer be read. */
    public synchronized void expireHistory() {
        next();
        oldestKey = lastKey;
        history.clear();
    }

    /** It can be reached again, or not any more. */
    public void outage(@Nullable Outage what) {
        List<FakeWatch> told;
        synchronized (this) {
            outage = what;
            told = List.copyOf(watches);
        }
        told.forEach(FakeWatch::healthChanged);
    }

    /** Only this password is accepted from now on. */
    public synchronized void password(String only) {
        password = only;
    }

    public synchronized VirtualMachine vm(String moRef) {
        return Objects.requireNonNull(vms.get(moRef), moRef);
    }

    public synchronized String changeId(String vm) {
        return String.valueOf(vm(vm).disks().getFirst().changeId());
    }

    public synchronized int openWatches() {
        return watches.size();
    }

    /** How many watches have been opened so far, open now or not. */
    public synchronized int watchesSoFar() {
        return attached;
    }

    synchronized boolean accepts(String user, String given) {
        return USER.equals(user) && password.equals(given);
    }

    synchronized void attach(FakeWatch watch) {
        attached++;
        watches.add(watch);
    }

    void detach(FakeWatch watch) {
        watches.remove(watch);
    }

    /** Whether no watch tells of any of this VM's history any more. */
    public synchronized boolean hasLetGo(String vm) {
        return watches.stream().allMatch(watch -> watch.hasLetGo(this, vm));
    }

    /** What it looks like now, to somebody without a watch. */
    public synchronized VcenterView picture() {
        return new FakeView(
                about,
                1,
                now(),
                Instant.now(),
                Map.copyOf(vms),
                Map.copyOf(hosts),
                Map.copyOf(tasks),
                Map.of(),
                List.of());
    }

    synchronized Position now() {
        return new Position(0, lastKey, Instant.now());
    }

    private Position next() {
        lastKey++;
        return new Position(0, lastKey, Instant.now());
    }

    private void happened(
            OccurrenceKind kind, Interval interval, String vm, String eventType, String task, String snapshot) {
        boolean event = !eventType.isEmpty();
        history.add(new Occurrence(
                kind,
                interval,
                interval.to(),
                vm,
                null,
                event ? interval.to().key() : 0,
                eventType,
                task,
                "task-" + interval.from().key(),
                snapshot,
                "",
                true,
                WHO,
                ""));
    }

    private void tell(Set<String> moRefs) {
        watches.forEach(watch -> watch.changed(moRefs));
    }

    private static VirtualMachine with(
            VirtualMachine vm, List<Disk> disks, List<Snapshot> snapshots, @Nullable String current) {
        return new VirtualMachine(
                vm.moRef(),
                vm.instanceUuid(),
                vm.name(),
                vm.inventoryPath(),
                vm.host(),
                vm.connected(),
                vm.powerState(),
                vm.consolidationNeeded(),
                vm.changeVersion() + "1",
                vm.changeTrackingEnabled(),
                vm.configRead(),
                disks,
                snapshots,
                current);
    }
}
