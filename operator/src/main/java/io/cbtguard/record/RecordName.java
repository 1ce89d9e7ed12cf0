package io.cbtguard.record;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The name of the record of a VM: the VCenter's name, shortened, for people, and a hash of both instance UUIDs, so that the same VM
 * gets the same record whoever asks and whenever, and a name taken by nobody else.
 */
public final class RecordName {
    private static final int PREFIX = 40;
    private static final int HASH_BYTES = 10;

    private RecordName() {}

    /**
     * @param vcenter name of the VCenter object
     * @param vcenterUuid instance UUID of the vCenter
     * @param vmUuid instance UUID of the VM
     */
    public static String of(String vcenter, String vcenterUuid, String vmUuid) {
        String prefix = vcenter.length() <= PREFIX
                ? vcenter
                : vcenter.substring(0, PREFIX).replaceAll("[^a-z0-9]+$", "");
        return prefix + "-" + hash(vcenterUuid + "/" + vmUuid);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
