package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** To which VM and which objects a record belongs. */
@ApiType
public record RecordedBinding(
        @JsonPropertyDescription("Name of the VCenter, in the namespace of the record.") @Nullable String vcenter,

        @JsonPropertyDescription("uid of that VCenter when the record was last written.") @Nullable String vcenterUid,

        @JsonPropertyDescription("Instance UUID of the vCenter.") @Nullable String vcenterUuid,

        @JsonPropertyDescription("Instance UUID of the VM.") @Nullable String vmUuid,

        @JsonPropertyDescription("Managed object reference of the VM.") @Nullable String moRef,

        @JsonPropertyDescription("uid of this object; empty until its second write.") @Nullable String recordUid) {}
