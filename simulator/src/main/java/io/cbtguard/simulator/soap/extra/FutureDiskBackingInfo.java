package io.cbtguard.simulator.soap.extra;

import com.vmware.vim25.VirtualDeviceBackingInfo;
import javax.xml.bind.annotation.XmlAccessType;
import javax.xml.bind.annotation.XmlAccessorType;
import javax.xml.bind.annotation.XmlType;
import org.jspecify.annotations.Nullable;

/** A disk backing of a type that no client knows, as a newer vCenter may send. */
@XmlAccessorType(XmlAccessType.FIELD)
@XmlType(name = "VirtualDiskFutureBackingInfo")
public class FutureDiskBackingInfo extends VirtualDeviceBackingInfo {
    protected String fileName = "";
    protected String uuid = "";
    protected @Nullable String changeId;

    /** For JAXB. */
    public FutureDiskBackingInfo() {}

    /**
     * @param changeId null while nothing is tracked
     */
    public FutureDiskBackingInfo(String fileName, String uuid, @Nullable String changeId) {
        this.fileName = fileName;
        this.uuid = uuid;
        this.changeId = changeId;
    }
}
