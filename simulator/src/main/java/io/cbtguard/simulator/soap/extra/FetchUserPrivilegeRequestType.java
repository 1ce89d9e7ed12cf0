package io.cbtguard.simulator.soap.extra;

import com.vmware.vim25.ManagedObjectReference;
import java.util.ArrayList;
import java.util.List;
import javax.xml.bind.annotation.XmlAccessType;
import javax.xml.bind.annotation.XmlAccessorType;
import javax.xml.bind.annotation.XmlElement;
import javax.xml.bind.annotation.XmlType;

/** Request of FetchUserPrivilegeOnEntities. */
@XmlAccessorType(XmlAccessType.FIELD)
@XmlType(name = "FetchUserPrivilegeOnEntitiesRequestType")
@SuppressWarnings("NullAway.Init") // filled by JAXB; required by the schema
public class FetchUserPrivilegeRequestType {
    @XmlElement(name = "_this", required = true)
    protected ManagedObjectReference self;

    protected List<ManagedObjectReference> entities = new ArrayList<>();

    @XmlElement(required = true)
    protected String userName;

    /** The authorization manager. */
    public ManagedObjectReference getThis() {
        return self;
    }

    public List<ManagedObjectReference> getEntities() {
        return entities;
    }

    public String getUserName() {
        return userName;
    }
}
