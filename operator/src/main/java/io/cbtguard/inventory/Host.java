package io.cbtguard.inventory;

import org.jspecify.annotations.Nullable;

/**
 * An ESXi host as vCenter shows it.
 *
 * @param moRef such as {@code host-21}
 * @param name inventory name
 * @param build its product; null if vCenter shows none
 * @param connected {@code runtime.connectionState == connected}: only then the product is what runs now
 * @param buildSince since when this watch has seen no other product; null if that is not known
 */
public record Host(
        String moRef,
        String name,
        @Nullable EsxBuild build,
        boolean connected,
        @Nullable Position buildSince) {
    public Host(String moRef, String name, @Nullable EsxBuild build, boolean connected) {
        this(moRef, name, build, connected, null);
    }
}
