package io.cbtguard.simulator.soap.extra;

import com.vmware.vim25.ManagedObjectReference;
import javax.xml.bind.annotation.XmlAccessType;
import javax.xml.bind.annotation.XmlAccessorType;
import javax.xml.bind.annotation.XmlElement;
import javax.xml.bind.annotation.XmlType;
import org.jspecify.annotations.Nullable;

/** Request of CreateSnapshotEx_Task; its quiesceSpec is accepted and ignored. */
@XmlAccessorType(XmlAccessType.FIELD)
@XmlType(name = "CreateSnapshotExRequestType")
@SuppressWarnings("NullAway.Init") // filled by JAXB; required by the schema
public class CreateSnapshotExRequestType {
    @XmlElement(name = "_this", required = true)
    protected ManagedObjectReference self;

    @XmlElement(required = true)
    protected String name;

    protected @Nullable String description;
    protected boolean memory;

    /** The virtual machine. */
    public ManagedObjectReference getThis() {
        return self;
    }

    public String getName() {
        return name;
    }

    public @Nullable String getDescription() {
        return description;
    }

    public boolean isMemory() {
        return memory;
    }
}
