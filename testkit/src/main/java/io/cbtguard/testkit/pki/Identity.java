package io.cbtguard.testkit.pki;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A key with the certificate that an authority made for it.
 *
 * @param certificate the leaf alone
 * @param key its private key
 */
public record Identity(X509Certificate certificate, PrivateKey key) {

    private static final char[] NO_PASSWORD = new char[0];

    public String certificatePem() {
        try {
            return Pem.of("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The private key, PKCS #8. */
    public String keyPem() {
        return Pem.of("PRIVATE KEY", key.getEncoded());
    }

    /** The public key alone, as the API server wants it to check tokens. */
    public String publicKeyPem() {
        return Pem.of("PUBLIC KEY", certificate.getPublicKey().getEncoded());
    }

    /** SHA-256 of the certificate in the notation of vSphere: {@code AA:BB:..}. */
    public String thumbprint() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.ofDelimiter(":").formatHex(digest).toUpperCase(Locale.ROOT);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A TLS context that presents this identity; as a client it trusts nobody but the JDK's own authorities. */
    public SSLContext serverContext() {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load((java.io.@Nullable InputStream) null, NO_PASSWORD);
            store.setKeyEntry("identity", key, NO_PASSWORD, new X509Certificate[] {certificate});
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, NO_PASSWORD);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("cannot serve with " + certificate.getSubjectX500Principal(), e);
        }
    }

    /** Writes {@code NAME.crt}, {@code NAME.key} (readable by the owner alone) and {@code NAME.pub}. */
    public void writeTo(Path folder, String name) {
        try {
            Files.writeString(folder.resolve(name + ".crt"), certificatePem());
            Files.writeString(folder.resolve(name + ".pub"), publicKeyPem());
            var keyFile = folder.resolve(name + ".key");
            Files.deleteIfExists(keyFile);
            Files.createFile(
                    keyFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(keyFile, keyPem());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
