package io.cbtguard.simulator.inventory;

import com.vmware.vim25.AboutInfo;

/**
 * What a host runs.
 *
 * @param version three parts, such as 8.0.3
 * @param build such as 24322831
 */
public record EsxProduct(String version, String build) {
    public AboutInfo toVim() {
        AboutInfo about = new AboutInfo();
        about.setName("VMware ESXi");
        about.setFullName("VMware ESXi " + version + " build-" + build);
        about.setVendor("VMware, Inc.");
        about.setVersion(version);
        about.setBuild(build);
        about.setLocaleVersion("INTL");
        about.setLocaleBuild("000");
        about.setOsType("vmnix-x86");
        about.setProductLineId("embeddedEsx");
        about.setApiType("HostAgent");
        about.setApiVersion(version + ".0");
        about.setLicenseProductName("VMware ESX Server");
        about.setLicenseProductVersion(version.substring(0, version.indexOf('.')) + ".0");
        return about;
    }
}
