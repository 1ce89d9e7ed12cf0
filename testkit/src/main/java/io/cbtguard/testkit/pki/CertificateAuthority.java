package io.cbtguard.testkit.pki;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority that lives as long as a test run: P-256 keys, certificates valid for thirty days. */
public final class CertificateAuthority {

    /** Clients' clocks may be behind ours. */
    private static final Duration SKEW = Duration.ofHours(1);

    private static final Duration VALID = Duration.ofDays(30);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final X500Name subject;
    private final Identity identity;

    private CertificateAuthority(X500Name subject, Identity identity) {
        this.subject = subject;
        this.identity = identity;
    }

    /** A new authority with a new key. */
    public static CertificateAuthority create(String commonName) {
        var subject = name(commonName, List.of());
        var keys = keyPair();
        var certificate = issue(subject, keys, subject, keys, builder -> {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            builder.addExtension(
                    Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.digitalSignature));
        });
        return new CertificateAuthority(subject, new Identity(certificate, keys.getPrivate()));
    }

    /** What a client must trust. */
    public String certificatePem() {
        return identity.certificatePem();
    }

    /** A server's identity for the given host names and literal IP addresses. */
    public Identity server(String commonName, List<String> hosts) {
        var names = hosts.stream()
                .map(host -> new GeneralName(isAddress(host) ? GeneralName.iPAddress : GeneralName.dNSName, host))
                .toArray(GeneralName[]::new);
        return leaf(name(commonName, List.of()), KeyPurposeId.id_kp_serverAuth, new GeneralNames(names));
    }

    /** A server's identity for loopback alone. */
    public Identity loopbackServer(String commonName) {
        return server(commonName, List.of("127.0.0.1", "localhost"));
    }

    /** A client's identity; Kubernetes reads the user from the common name and the groups from the organizations. */
    public Identity client(String user, List<String> groups) {
        return leaf(name(user, groups), KeyPurposeId.id_kp_clientAuth, null);
    }

    private Identity leaf(
            X500Name leaf, KeyPurposeId purpose, @org.jspecify.annotations.Nullable GeneralNames alternativeNames) {
        var keys = keyPair();
        var issuer = new KeyPair(identity.certificate().getPublicKey(), identity.key());
        var certificate = issue(leaf, keys, subject, issuer, builder -> {
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
            if (alternativeNames != null) {
                builder.addExtension(Extension.subjectAlternativeName, false, alternativeNames);
            }
        });
        return new Identity(certificate, keys.getPrivate());
    }

    private interface Extensions {
        void addTo(JcaX509v3CertificateBuilder builder) throws CertIOException;
    }

    private static X509Certificate issue(
            X500Name subject, KeyPair keys, X500Name issuer, KeyPair issuerKeys, Extensions extensions) {
        var now = Instant.now();
        var builder = new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(120, RANDOM),
                Date.from(now.minus(SKEW)),
                Date.from(now.plus(VALID)),
                subject,
                keys.getPublic());
        try {
            extensions.addTo(builder);
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKeys.getPrivate());
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (CertIOException | OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot make a certificate for " + subject, e);
        }
    }

    private static KeyPair keyPair() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X500Name name(String commonName, List<String> organizations) {
        var builder = new X500NameBuilder().addRDN(BCStyle.CN, commonName);
        organizations.forEach(organization -> builder.addRDN(BCStyle.O, organization));
        return builder.build();
    }

    private static boolean isAddress(String host) {
        return host.contains(":") || host.matches("[0-9.]+");
    }
}
