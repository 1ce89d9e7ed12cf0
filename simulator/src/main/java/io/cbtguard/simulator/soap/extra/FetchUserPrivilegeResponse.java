package io.cbtguard.simulator.soap.extra;

import com.vmware.vim25.UserPrivilegeResult;
import java.util.ArrayList;
import java.util.List;
import javax.xml.bind.annotation.XmlAccessType;
import javax.xml.bind.annotation.XmlAccessorType;
import javax.xml.bind.annotation.XmlRootElement;
import javax.xml.bind.annotation.XmlType;

/** Response of FetchUserPrivilegeOnEntities. */
@XmlAccessorType(XmlAccessType.FIELD)
@XmlType(name = "")
@XmlRootElement(name = "FetchUserPrivilegeOnEntitiesResponse")
public class FetchUserPrivilegeResponse {
    protected List<UserPrivilegeResult> returnval = new ArrayList<>();

    /** One per entity. */
    public List<UserPrivilegeResult> getReturnval() {
        return returnval;
    }
}
