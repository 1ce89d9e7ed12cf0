package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How a vCenter proves who it is; nothing set: the JVM's trust store. */
@ApiType
@ValidationRule(
        value = "[has(self.caBundleRef), has(self.thumbprint),"
                + " has(self.insecureSkipVerify) && self.insecureSkipVerify].filter(set, set).size() <= 1",
        message = "set at most one of caBundleRef, thumbprint and insecureSkipVerify: true, and remove the others")
public record Tls(
        @JsonPropertyDescription("Certificate authorities (PEM) that may have signed the vCenter's certificate.")
        @Nullable CaBundleRef caBundleRef,

        @Size(max = 95) @ValidationRule(
                value = "self.matches('^([0-9A-Fa-f]{2}:){31}[0-9A-Fa-f]{2}$')",
                message = "thumbprint must be the certificate's SHA-256 as 32 pairs of hex digits with colons, as"
                        + " openssl x509 -noout -fingerprint -sha256 prints it")
        @JsonPropertyDescription("SHA-256 fingerprint of the one certificate that is accepted, as 32 pairs of hex"
                + " digits with colons (openssl x509 -noout -fingerprint -sha256).")
        @Nullable String thumbprint,

        @Default("false")
        @JsonPropertyDescription("True: any certificate is accepted, and anybody on the way can read the password. For"
                + " laboratories only.")
        boolean insecureSkipVerify) {

    /** A key of a ConfigMap or Secret that holds PEM certificates. */
    @ApiType
    public record CaBundleRef(
            @Default("ConfigMap") @JsonPropertyDescription("ConfigMap or Secret.")
            Kind kind,

            @Required
            @Size(min = 1, max = Formats.NAME_LENGTH) @JsonPropertyDescription("Name of the ConfigMap or Secret, in the namespace of the VCenter.")
            String name,

            @Default(DEFAULT_KEY)
            @Size(min = 1, max = Formats.NAME_LENGTH) @JsonPropertyDescription("Key whose value is one or more certificates in PEM.")
            String key) {
        static final String DEFAULT_KEY = "ca.crt";

        /** Fills in what the API server would. */
        public CaBundleRef {
            kind = Formats.orDefault(kind, Kind.ConfigMap);
            key = Formats.orDefault(key, DEFAULT_KEY);
        }
    }

    /** What holds the certificates. */
    public enum Kind {
        ConfigMap,
        Secret
    }
}
