package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stretch in which the VM ran on one ESXi build. */
@ApiType
public record RecordedResidence(
        @JsonPropertyDescription("Absent: nobody remembers, which counts as any build.") @Nullable RecordedBuild build,

        @Required @JsonPropertyDescription("The first position at which it may have begun.")
        RecordedPosition from,

        @JsonPropertyDescription("The last position at which it may have ended; absent: the present one.") @Nullable RecordedPosition to,

        @JsonPropertyDescription("Whether the build was seen and not merely possible.")
        boolean certain,

        @JsonPropertyDescription("Names of the hosts it was seen on; * if there were more than are kept.") @OmitEmpty
        List<String> hosts) {
    /** An absent list is an empty one. */
    public RecordedResidence {
        hosts = Formats.listOf(hosts);
    }
}
