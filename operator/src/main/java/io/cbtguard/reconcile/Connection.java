package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.Reasons;
import io.cbtguard.api.v1alpha1.Tls;
import io.cbtguard.api.v1alpha1.VCenter;
import io.cbtguard.inventory.Position;
import io.cbtguard.vsphere.VcenterTarget;
import io.cbtguard.vsphere.VcenterTarget.Credentials;
import io.cbtguard.vsphere.VcenterTarget.TlsTrust;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a vCenter is reached, read from a VCenter, its Secret and its certificate authorities; or why it cannot be.
 *
 * @param reason why not; null if it can
 * @param message what to do; empty if it can
 */
public record Connection(
        @Nullable String reason,
        String message,
        @Nullable URI server,
        @Nullable Credentials credentials,
        @Nullable TlsTrust tls) {
    static final String SERVER_ANNOTATION = "cbtguard.io/server";

    /** Objects of the VCenter's namespace. */
    public interface Sources {
        Optional<Secret> secret(ResourceID id);

        Optional<ConfigMap> configMap(ResourceID id);
    }

    public static Connection of(VCenter vcenter, Sources sources) {
        String namespace = vcenter.getMetadata().getNamespace();
        Optional<URI> named = server(vcenter.getSpec().server());
        if (named.isEmpty()) {
            return refused(
                    Reasons.VCENTER_UNREACHABLE,
                    "spec.server " + vcenter.getSpec().server()
                            + " names no host; write https:// and a DNS name or an IP address, without underscores.");
        }
        URI server = named.get();
        String secretName = vcenter.getSpec().credentialsSecretRef().name();
        Optional<Secret> secret = sources.secret(new ResourceID(secretName, namespace));
        if (secret.isEmpty()) {
            return refused(
                    Reasons.SECRET_NOT_FOUND,
                    "There is no Secret " + secretName + " in namespace " + namespace
                            + "; create it with the keys username and password.");
        }
        String bound = annotation(secret.get());
        if (!bound.equalsIgnoreCase(server.getHost())) {
            return refused(
                    Reasons.SECRET_SERVER_MISMATCH,
                    "Secret " + secretName + " must carry the annotation " + SERVER_ANNOTATION + ": "
                            + server.getHost() + (bound.isEmpty() ? "" : "; it says " + bound)
                            + ". So it is sent nowhere else.");
        }
        String user = value(secret.get(), "username")
                .or(() -> value(secret.get(), "user"))
                .orElse("");
        String password = value(secret.get(), "password").orElse("");
        if (user.isEmpty() || password.isEmpty()) {
            return refused(
                    Reasons.SECRET_KEY_MISSING,
                    "Secret " + secretName + " has no key " + (user.isEmpty() ? "username (or user)" : "password")
                            + ", or it is empty; put it there.");
        }
        Tls.CaBundleRef ca = vcenter.getSpec().tls().caBundleRef();
        if (ca == null) {
            return new Connection(
                    null,
                    "",
                    server,
                    new Credentials(user, password),
                    new TlsTrust(
                            null,
                            vcenter.getSpec().tls().thumbprint(),
                            vcenter.getSpec().tls().insecureSkipVerify()));
        }
        Optional<String> pem = pem(ca, namespace, sources);
        return pem.isEmpty()
                ? refused(
                        Reasons.CERTIFICATE_REJECTED,
                        "There is no key " + ca.key() + " in " + ca.kind() + " " + ca.name() + " of namespace "
                                + namespace + "; put the vCenter's certificate authority there.")
                : new Connection(
                        null, "", server, new Credentials(user, password), new TlsTrust(pem.get(), null, false));
    }

    public boolean usable() {
        return reason == null;
    }

    /** Changes whenever anything about the way to the vCenter does; tells nothing of it. */
    String fingerprint() {
        Credentials who = credentials;
        String all = server + "\n" + (who == null ? "" : who.username() + "\n" + who.password()) + "\n" + tls;
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(all.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /**
     * What a watch needs to know; only of a usable connection.
     *
     * @param evidence newest position up to which any record knows, null if none does
     */
    public Function<@Nullable Position, VcenterTarget> target(
            String name, @Nullable Position evidence, @Nullable String pinnedUuid) {
        URI where = java.util.Objects.requireNonNull(server);
        Credentials who = java.util.Objects.requireNonNull(credentials);
        TlsTrust trust = java.util.Objects.requireNonNull(tls);
        return resumeFrom -> new VcenterTarget(name, where, () -> who, trust, resumeFrom, evidence, pinnedUuid);
    }

    @Override
    public String toString() {
        return "Connection[" + server + ", " + reason + "]";
    }

    /** Empty if Java finds no host in it: an object that was stored before the CRD asked for one. */
    private static Optional<URI> server(String text) {
        try {
            return Optional.of(new URI(text)).filter(uri -> uri.getHost() != null);
        } catch (URISyntaxException noAddress) {
            return Optional.empty();
        }
    }

    private static Connection refused(String reason, String message) {
        return new Connection(reason, message, null, null, null);
    }

    private static String annotation(Secret secret) {
        Map<String, String> annotations = secret.getMetadata().getAnnotations();
        String value = annotations == null ? null : annotations.get(SERVER_ANNOTATION);
        return value == null ? "" : value.strip().toLowerCase(Locale.ROOT);
    }

    private static Optional<String> pem(Tls.CaBundleRef ca, String namespace, Sources sources) {
        ResourceID id = new ResourceID(ca.name(), namespace);
        return ca.kind() == Tls.Kind.Secret
                ? sources.secret(id).flatMap(secret -> value(secret, ca.key()))
                : sources.configMap(id)
                        .flatMap(map -> Optional.ofNullable(map.getData()))
                        .flatMap(data -> Optional.ofNullable(data.get(ca.key())));
    }

    private static Optional<String> value(Secret secret, String key) {
        return Optional.ofNullable(secret.getData())
                .flatMap(data -> Optional.ofNullable(data.get(key)))
                .flatMap(Connection::decoded);
    }

    private static Optional<String> decoded(String base64) {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
