package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which VM to guard, by which policy. */
@ApiType
public record ProtectedVMSpec(
        @Required @JsonPropertyDescription("The VCenter that the VM belongs to.")
        NamespacedRef vcenterRef,

        @Required
        @JsonPropertyDescription(
                "The VM, named in exactly one way. It is looked up once; from then on the VM is known by"
                        + " its UUIDs, and may be renamed and moved.")
        VmSelector vm,

        @Required @JsonPropertyDescription("The BackupPolicy to follow, in the same namespace.")
        LocalRef policyRef,

        @JsonPropertyDescription("Which disks backups are about. Absent: all of them.") @Nullable Disks disks,

        @Size(max = 16) @ValidationRule(
                value = "self.all(a, self.exists_one(b, b.name == a.name))",
                message = "give each planned change a name of its own")
        @JsonPropertyDescription(
                "Changes to the VM that are announced, such as an upgrade of its operating system. Each"
                        + " asks for one full backup before it, from one RPO (without one: 24 hours) before its time, and for one"
                        + " after it. A change with another time is another change; one that is removed asks for nothing.")
        List<PlannedChange> plannedChanges,

        @Default("false")
        @JsonPropertyDescription("True: backups of the VM are refused; what happens to it is still recorded.")
        boolean suspend) {

    /** Absent lists are empty ones. */
    public ProtectedVMSpec {
        plannedChanges = Formats.listOf(plannedChanges);
    }

    /** A change to the VM that is announced. */
    @ApiType
    public record PlannedChange(
            @Required
            @Pattern(Formats.CHAIN) @Size(min = 1, max = 63) @JsonPropertyDescription("What it is called, such as os-upgrade.")
            String name,

            @Required
            @Pattern(Formats.GIVEN_TIME) @JsonPropertyDescription("When it begins, such as 2026-12-01T22:00:00Z.")
            String at,

            @Size(max = 1024) @JsonPropertyDescription("What people should know of it.") @Nullable String description) {}

    /** One VM of a vCenter, named in exactly one way. */
    @ApiType
    @ValidationRule(
            value = "[has(self.instanceUuid), has(self.moRef), has(self.inventoryPath), has(self.name)]"
                    + ".exists_one(set, set)",
            message = "name the VM in exactly one way: set one of instanceUuid, moRef, inventoryPath and name, and"
                    + " remove the others")
    public record VmSelector(
            @Pattern(Formats.UUID) @Size(max = 36) @JsonPropertyDescription("config.instanceUuid of the VM.") @Nullable String instanceUuid,

            @Size(min = 1, max = 128) @JsonPropertyDescription("Managed object reference of the VM, such as vm-42.")
            @Nullable String moRef,

            @Pattern("^/[^/].*$") @Size(min = 2, max = 1024) @JsonPropertyDescription("Inventory path of the VM, such as /DC0/vm/shop/web-01.")
            @Nullable String inventoryPath,

            @Size(min = 1, max = 255) @JsonPropertyDescription(
                    "Name of the VM; it must be the only one of that name that this namespace may use.")
            @Nullable String name) {}

    /** Which disks backups are about. */
    @ApiType
    public record Disks(
            @Size(max = Formats.DISKS) @JsonPropertyDescription("Disks that the backups leave out: they get no verdict and hold nothing up.")
            List<DiskSelector> exclude) {

        /** Absent lists are empty ones. */
        public Disks {
            exclude = Formats.listOf(exclude);
        }
    }

    /** A virtual disk of the VM. */
    @ApiType
    public record DiskSelector(
            @Required
            @Size(min = 1, max = 128) @JsonPropertyDescription("Label of the disk as vCenter shows it, such as Hard disk 2.")
            String label) {}
}
