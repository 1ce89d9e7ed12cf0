package io.cbtguard.simulator.soap.extra;

import com.vmware.vim25.ManagedObjectReference;
import javax.xml.bind.annotation.XmlAccessType;
import javax.xml.bind.annotation.XmlAccessorType;
import javax.xml.bind.annotation.XmlElement;
import javax.xml.bind.annotation.XmlRootElement;
import javax.xml.bind.annotation.XmlType;

/** Response of CreateSnapshotEx_Task. */
@XmlAccessorType(XmlAccessType.FIELD)
@XmlType(name = "")
@XmlRootElement(name = "CreateSnapshotEx_TaskResponse")
@SuppressWarnings("NullAway.Init") // filled by reflection, as every response
public class CreateSnapshotExTaskResponse {
    @XmlElement(required = true)
    protected ManagedObjectReference returnval;

    /** The task. */
    public ManagedObjectReference getReturnval() {
        return returnval;
    }
}
