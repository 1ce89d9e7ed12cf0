package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** How often a restore of a VM is to be tested. */
@ApiType
public record RestoreTesting(
        @Default(RestoreTesting.DEFAULT_MAX_AGE)
        @Pattern(Formats.DURATION) @Size(max = Formats.DURATION_LENGTH) @JsonPropertyDescription("The largest age of the newest VMRestore of kind Test that passed, before the VM is"
                + " at risk; where none ever passed, that of its first restore point.")
        String maxAge) {
    static final String DEFAULT_MAX_AGE = "2160h";

    /** Fills in what the API server would. */
    public RestoreTesting {
        maxAge = Formats.orDefault(maxAge, DEFAULT_MAX_AGE);
    }
}
