package io.cbtguard.inventory;

/**
 * Who a vCenter says it is.
 *
 * @param instanceUuid lasting identity, kept through a restore from backup
 * @param version such as {@code 8.0.3}
 * @param build build number
 * @param apiVersion such as {@code 8.0.3.0}
 */
public record VcenterAbout(String instanceUuid, String version, long build, String apiVersion) {}
