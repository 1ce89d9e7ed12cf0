package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** What the platform team says about one vCenter. */
@ApiType
public record VCenterSpec(
        @Required
        @Size(min = 1, max = 512) @ValidationRule(
                value = "isURL(self) && url(self).getScheme() == 'https' && url(self).getHostname() != ''"
                        + " && url(self).getEscapedPath() == '' && !self.contains('?') && !self.contains('#')"
                        + " && !self.contains('@')",
                message = "server must be an https URL of a host and nothing after it, such as"
                        + " https://vcenter.example.com or https://vcenter.example.com:8443; /sdk is added")
        @JsonPropertyDescription(
                "Address of the vCenter: an https URL with host and, if need be, port, and without path;"
                        + " /sdk is added.")
        String server,

        @Required
        @JsonPropertyDescription(
                "Secret in the same namespace with the keys username (or user) and password. It must"
                        + " carry the annotation cbtguard.io/server with the host of spec.server, so that nobody who may write"
                        + " a VCenter can send a Secret's content elsewhere. Changed credentials are taken up without a restart.")
        LocalRef credentialsSecretRef,

        @Default("{}")
        @JsonPropertyDescription("How the vCenter proves who it is. At most one of caBundleRef, thumbprint and"
                + " insecureSkipVerify; none of them: the trust store of the operator's Java runtime.")
        Tls tls,

        @Default("[{\"namespaces\": {\"from\": \"Same\"}}]")
        @Size(max = 32) @JsonPropertyDescription("Which namespaces may use which part of the inventory; a VM may be used if any entry"
                + " admits it. Default: the namespace of this VCenter, and the whole inventory. An empty list admits"
                + " nobody.")
        List<Access> access,

        @Default("{}")
        @JsonPropertyDescription(
                "How many full backups of this vCenter's VMs may run at once. After a host upgrade every"
                        + " VM there wants one; who is longest without a Good restore point goes first. A run gives its place"
                        + " back when its snapshot is gone or when it ends.")
        FullBudget fullBudget,

        @Default(DEFAULT_RETENTION)
        @Pattern(Formats.DURATION) @Size(max = Formats.DURATION_LENGTH) @JsonPropertyDescription("How long what is known of a VM is kept after its last ProtectedVM is gone, and how"
                + " long past host changes are shown.")
        String retention,

        @Default("false")
        @JsonPropertyDescription("True: the operator logs out of this vCenter and watches nothing. What is known is"
                + " kept, verdicts turn Unknown, no backup is decided.")
        boolean suspend) {
    static final String DEFAULT_RETENTION = "2160h";

    /** Fills in what the API server would. */
    public VCenterSpec {
        tls = Formats.orDefault(tls, new Tls(null, null, false));
        access = access == null ? List.of(Access.OWN_NAMESPACE) : List.copyOf(access);
        fullBudget = Formats.orDefault(fullBudget, FullBudget.DEFAULTS);
        retention = Formats.orDefault(retention, DEFAULT_RETENTION);
    }
}
