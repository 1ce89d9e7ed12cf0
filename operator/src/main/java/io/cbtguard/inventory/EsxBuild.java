package io.cbtguard.inventory;

/**
 * The product of an ESXi host. Builds of different lines interleave and a line is not ordered by build alone, so version and
 * build are only ever compared together.
 *
 * @param version three-part version such as {@code 8.0.3}
 * @param build build number such as {@code 24322831}
 */
public record EsxBuild(String version, long build) {
    @Override
    public String toString() {
        return version + " build " + build;
    }
}
