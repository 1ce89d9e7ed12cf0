package io.cbtguard.inventory;

import org.jspecify.annotations.Nullable;

/**
 * An ESXi host as vCenter shows it.
 *
 * @param moRef such as {@code host-21}
 * @param name inventory name
 * @param build its product; null if vCenter shows none
 * @param connected {@code runtime.connectionState == connected}: only then the product is what runs now
 */
public record Host(String moRef, String name, @Nullable EsxBuild build, boolean connected) {}
