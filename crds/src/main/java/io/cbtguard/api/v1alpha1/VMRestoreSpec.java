package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Which VM was restored, how, and what came of it. */
@ApiType
@ValidationRule(
        value = "self == oldSelf",
        message = "the spec of a VMRestore cannot be changed: create a new VMRestore")
@ValidationRule(
        value = "self.kind != 'Test' || (has(self.restorePoint) && has(self.outcome))",
        message = "a Test says what was tested and what came of it: set restorePoint to the name of the backup run, and"
                + " outcome to Passed or Failed")
@ValidationRule(
        value = "self.kind == 'Test' || !has(self.outcome) || self.outcome == 'Passed'",
        message =
                "a restore over the VM that failed has written over its disks all the same: remove outcome, or declare a"
                        + " Test")
public record VMRestoreSpec(
        @Required @JsonPropertyDescription("The ProtectedVM whose VM was restored, in the same namespace.")
        LocalRef protectedVMRef,

        @Required
        @JsonPropertyDescription("InPlace: the VM's own disks were written over. Test: a restore point was restored"
                + " somewhere else and looked at; the VM itself was not touched.")
        RestoreKind kind,

        @Size(min = 1, max = Formats.NAME_LENGTH) @JsonPropertyDescription(
                "The name of the backup run whose restore point was restored; with kind InPlace it only informs.")
        @Nullable String restorePoint,

        @JsonPropertyDescription("With kind Test. Passed: what was restored was found to be whole. Failed: it was not,"
                + " or could not be restored.")
        @Nullable TestOutcome outcome,

        @Pattern(Formats.GIVEN_TIME) @JsonPropertyDescription(
                "When it began, if that was before this object was created. A later time counts as that of the creation.")
        @Nullable String at,

        @Size(max = 1024) @JsonPropertyDescription("Anything else that people should read.") @Nullable String message) {

    /** How a VM was restored. */
    public enum RestoreKind {
        InPlace,
        Test
    }

    /** What came of a test. */
    public enum TestOutcome {
        Passed,
        Failed
    }
}
