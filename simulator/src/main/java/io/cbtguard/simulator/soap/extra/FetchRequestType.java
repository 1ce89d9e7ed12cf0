package io.cbtguard.simulator.soap.extra;

import com.vmware.vim25.ManagedObjectReference;
import javax.xml.bind.annotation.XmlAccessType;
import javax.xml.bind.annotation.XmlAccessorType;
import javax.xml.bind.annotation.XmlElement;
import javax.xml.bind.annotation.XmlType;

/** Request of Fetch, the unlisted operation by which pyVmomi reads one property. */
@XmlAccessorType(XmlAccessType.FIELD)
@XmlType(name = "FetchRequestType")
@SuppressWarnings("NullAway.Init") // filled by JAXB; required
public class FetchRequestType {
    @XmlElement(name = "_this", required = true)
    protected ManagedObjectReference self;

    @XmlElement(required = true)
    protected String prop;

    /** The object. */
    public ManagedObjectReference getThis() {
        return self;
    }

    /** The property's name or path. */
    public String getProp() {
        return prop;
    }
}
