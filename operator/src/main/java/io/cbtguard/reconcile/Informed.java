package io.cbtguard.reconcile;

import static java.util.Objects.requireNonNull;

import io.cbtguard.api.v1alpha1.BackupPolicy;
import io.cbtguard.api.v1alpha1.CBTAdvisory;
import io.cbtguard.api.v1alpha1.Kinds;
import io.cbtguard.api.v1alpha1.NamespacedRef;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.RecordedBinding;
import io.cbtguard.api.v1alpha1.VCenter;
import io.cbtguard.api.v1alpha1.VMBackup;
import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.api.v1alpha1.VMRestore;
import io.cbtguard.record.RecordRef;
import io.cbtguard.record.RecordStore;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the informers hold, each kind once, for all reconcilers. An object found here must not be changed, and may be behind; what is
 * irreversible is checked by a live read.
 */
final class Informed {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final String BY_VCENTER = "vcenter";
    private static final String BY_POLICY = "policy";
    private static final String BY_VM = "vm";
    private static final String BY_NAMESPACE = "vms-in";
    private static final String BY_UID = "uid";
    private static final String BY_CLAIM = "claim";
    private static final String BY_INSTANCE = "instance";
    private static final String BY_RUN = "run";

    private final Map<Class<?>, IndexerResourceCache<?>> caches = new ConcurrentHashMap<>();
    private final Set<Class<?>> synced = ConcurrentHashMap.newKeySet();
    /** Counted down when all is here, or when nothing more will be. */
    private final CountDownLatch decided = new CountDownLatch(1);

    private final KubernetesClient client;
    private volatile @Nullable Cache<Namespace> namespaces;
    private volatile boolean stopping;

    Informed(KubernetesClient client) {
        this.client = client;
    }

    void vcenters(IndexerResourceCache<VCenter> cache) {
        caches.put(VCenter.class, cache);
    }

    void policies(IndexerResourceCache<BackupPolicy> cache) {
        caches.put(BackupPolicy.class, cache);
    }

    void advisories(IndexerResourceCache<CBTAdvisory> cache) {
        caches.put(CBTAdvisory.class, cache);
    }

    void restores(IndexerResourceCache<VMRestore> cache) {
        cache.addIndexers(Map.of(
                BY_VM,
                restore -> List.of(fullName(new ResourceID(
                        restore.getSpec().protectedVMRef().name(),
                        restore.getMetadata().getNamespace())))));
        caches.put(VMRestore.class, cache);
    }

    void protectedVms(IndexerResourceCache<ProtectedVM> cache) {
        cache.addIndexers(Map.of(
                BY_VCENTER, vm -> List.of(fullName(vcenterOf(vm))),
                BY_POLICY, vm -> List.of(fullName(policyOf(vm))),
                BY_NAMESPACE, vm -> List.of(vm.getMetadata().getNamespace()),
                BY_UID, vm -> List.of(vm.getMetadata().getUid())));
        caches.put(ProtectedVM.class, cache);
    }

    void backups(IndexerResourceCache<VMBackup> cache) {
        cache.addIndexers(Map.of(
                BY_VM, backup -> List.of(fullName(protectedVmOf(backup))),
                BY_UID, backup -> List.of(backup.getMetadata().getUid())));
        caches.put(VMBackup.class, cache);
    }

    void records(IndexerResourceCache<VMRecord> cache) {
        Function<VMRecord, List<String>> byClaim =
                r -> RecordStore.claimOf(r).map(claim -> List.of(claim.uid())).orElse(List.of());
        Function<VMRecord, List<String>> byRun =
                r -> r.getRuns().stream().map(run -> run.uid()).toList();
        cache.addIndexers(Map.of(
                BY_VCENTER, Informed::vcenterOf,
                BY_VM, Informed::vmOf,
                BY_INSTANCE, Informed::instanceOf,
                BY_CLAIM, byClaim,
                BY_RUN, byRun));
        caches.put(VMRecord.class, cache);
    }

    void namespaces(Cache<Namespace> cache) {
        namespaces = cache;
    }

    void synced(Class<?> kind) {
        synced.add(kind);
        if (synced.containsAll(Kinds.ALL)) {
            decided.countDown();
        }
    }

    /** From now on what is in the cluster may be missing here, as the caches are emptied: nobody shall judge by them. */
    void stopping() {
        stopping = true;
        decided.countDown();
    }

    /** Whether all that is in the cluster is here, so that what is not here was not there at the start. */
    boolean synced() {
        return !stopping && synced.containsAll(Kinds.ALL);
    }

    /**
     * The same, for who has nothing to do until then: ten thousand objects that each come back every so often would take the
     * processor from the reading that they wait for.
     */
    boolean awaitSynced() {
        try {
            return decided.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS) && synced();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    Optional<VCenter> vcenter(ResourceID id) {
        return cache(VCenter.class).get(id);
    }

    /** Whether there is a VCenter of this name and uid. */
    boolean isThere(ResourceID vcenter, String uid) {
        return vcenter(vcenter)
                .filter(v -> uid.equals(v.getMetadata().getUid()))
                .isPresent();
    }

    List<VCenter> vcenters() {
        return cache(VCenter.class).list().toList();
    }

    Optional<BackupPolicy> policy(ResourceID id) {
        return cache(BackupPolicy.class).get(id);
    }

    Optional<ProtectedVM> protectedVm(ResourceID id) {
        return cache(ProtectedVM.class).get(id);
    }

    Optional<ProtectedVM> protectedVmByUid(String uid) {
        return cache(ProtectedVM.class).byIndex(BY_UID, uid).stream().findFirst();
    }

    List<ProtectedVM> protectedVmsOf(VCenter vcenter) {
        return protectedVmsOf(ResourceID.fromResource(vcenter));
    }

    List<ProtectedVM> protectedVmsOf(ResourceID vcenter) {
        return cache(ProtectedVM.class).byIndex(BY_VCENTER, fullName(vcenter));
    }

    List<ProtectedVM> protectedVmsWith(BackupPolicy policy) {
        return cache(ProtectedVM.class).byIndex(BY_POLICY, fullName(ResourceID.fromResource(policy)));
    }

    List<ProtectedVM> protectedVmsIn(String namespace) {
        return cache(ProtectedVM.class).byIndex(BY_NAMESPACE, namespace);
    }

    List<ProtectedVM> protectedVms() {
        return cache(ProtectedVM.class).list().toList();
    }

    List<VMBackup> backupsOf(ProtectedVM vm) {
        return cache(VMBackup.class).byIndex(BY_VM, fullName(ResourceID.fromResource(vm)));
    }

    Optional<VMBackup> backupByUid(String uid) {
        return cache(VMBackup.class).byIndex(BY_UID, uid).stream().findFirst();
    }

    /** The same; not one whose deletion is under way, though a finalizer may hold it for ever: it asks for nothing any more. */
    Optional<VMBackup> livingBackup(String uid) {
        return backupByUid(uid).filter(backup -> !backup.isMarkedForDeletion());
    }

    Optional<VMRecord> record(RecordRef ref) {
        return caches.containsKey(VMRecord.class)
                ? cache(VMRecord.class).get(new ResourceID(ref.name(), ref.namespace()))
                : Optional.empty();
    }

    List<VMRecord> records() {
        return cache(VMRecord.class).list().toList();
    }

    List<CBTAdvisory> advisories() {
        return caches.containsKey(CBTAdvisory.class)
                ? cache(CBTAdvisory.class).list().toList()
                : List.of();
    }

    List<VMRestore> restoresOf(ProtectedVM vm) {
        return cache(VMRestore.class).byIndex(BY_VM, fullName(ResourceID.fromResource(vm)));
    }

    /** Name of the VCenter of a record, empty if it is not known. */
    String vcenterNameOf(RecordRef ref) {
        return record(ref)
                .flatMap(record -> Optional.ofNullable(record.getBinding()))
                .flatMap(binding -> Optional.ofNullable(binding.vcenter()))
                .orElse("");
    }

    List<VMRecord> recordsOf(ResourceID vcenter) {
        return cache(VMRecord.class).byIndex(BY_VCENTER, fullName(vcenter));
    }

    List<VMRecord> recordsOf(ResourceID vcenter, String moRef) {
        return cache(VMRecord.class).byIndex(BY_VM, fullName(vcenter) + "/" + moRef);
    }

    /** The record of a VM, whatever the VCenter object is called now. */
    Optional<VMRecord> recordOf(String namespace, String vcenterUuid, String vmUuid) {
        return cache(VMRecord.class).byIndex(BY_INSTANCE, namespace + "/" + vcenterUuid + "/" + vmUuid).stream()
                .findFirst();
    }

    /** Mostly one; two while a ProtectedVM that names another VCenter now has not let go of its record there. */
    List<VMRecord> recordsClaimedBy(String protectedVmUid) {
        return cache(VMRecord.class).byIndex(BY_CLAIM, protectedVmUid);
    }

    /** Whether the ProtectedVM that has this record names another VCenter now; one that has a new name is not another one. */
    boolean isLeft(VMRecord record) {
        RecordedBinding binding = record.getBinding();
        if (binding == null || binding.vcenter() == null) {
            return false;
        }
        ResourceID vcenter = new ResourceID(binding.vcenter(), namespaceOf(record));
        return vcenter(vcenter).isPresent()
                && RecordStore.claimOf(record)
                        .flatMap(claim -> protectedVmByUid(claim.uid()))
                        .filter(vm -> !vcenterOf(vm).equals(vcenter))
                        .isPresent();
    }

    /** The record that a ProtectedVM has of the VCenter that it names. */
    Optional<VMRecord> recordClaimedBy(ProtectedVM vm) {
        ResourceID vcenter = vcenterOf(vm);
        return recordsClaimedBy(vm.getMetadata().getUid()).stream()
                .filter(record ->
                        namespaceOf(record).equals(vcenter.getNamespace().orElse("")))
                .filter(record -> record.getBinding() == null
                        || vcenter.getName().equals(record.getBinding().vcenter()))
                .findFirst();
    }

    Optional<VMRecord> recordWithRun(String backupUid) {
        return cache(VMRecord.class).byIndex(BY_RUN, backupUid).stream().findFirst();
    }

    /** By a live read where the informer of namespaces is behind the one that named this namespace. */
    Optional<Namespace> namespace(String name) {
        return requireNonNull(namespaces)
                .get(new ResourceID(name))
                .or(() -> Optional.ofNullable(client.namespaces().withName(name).get()));
    }

    static ResourceID vcenterOf(ProtectedVM vm) {
        NamespacedRef ref = vm.getSpec().vcenterRef();
        return new ResourceID(
                ref.name(), ref.namespace() == null ? vm.getMetadata().getNamespace() : ref.namespace());
    }

    static ResourceID policyOf(ProtectedVM vm) {
        return new ResourceID(vm.getSpec().policyRef().name(), vm.getMetadata().getNamespace());
    }

    static ResourceID protectedVmOf(VMBackup backup) {
        return new ResourceID(
                backup.getSpec().protectedVMRef().name(), backup.getMetadata().getNamespace());
    }

    private static List<String> vcenterOf(VMRecord record) {
        var binding = record.getBinding();
        return binding == null ? List.of() : List.of(namespaceOf(record) + "/" + binding.vcenter());
    }

    private static List<String> vmOf(VMRecord record) {
        var binding = record.getBinding();
        return binding == null
                ? List.of()
                : List.of(namespaceOf(record) + "/" + binding.vcenter() + "/" + binding.moRef());
    }

    private static List<String> instanceOf(VMRecord record) {
        var binding = record.getBinding();
        return binding == null
                ? List.of()
                : List.of(namespaceOf(record) + "/" + binding.vcenterUuid() + "/" + binding.vmUuid());
    }

    private static String namespaceOf(HasMetadata object) {
        return object.getMetadata().getNamespace();
    }

    /** {@code namespace/name}, as indexes, metrics and logs say it. */
    static String fullName(ResourceID id) {
        return id.getNamespace().orElse("") + "/" + id.getName();
    }

    @SuppressWarnings("unchecked")
    private <T extends HasMetadata> IndexerResourceCache<T> cache(Class<T> kind) {
        return (IndexerResourceCache<T>) requireNonNull(caches.get(kind), "controller not registered");
    }
}
