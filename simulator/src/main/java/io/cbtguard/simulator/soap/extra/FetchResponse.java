package io.cbtguard.simulator.soap.extra;

import javax.xml.bind.annotation.XmlAccessType;
import javax.xml.bind.annotation.XmlAccessorType;
import javax.xml.bind.annotation.XmlRootElement;
import javax.xml.bind.annotation.XmlType;
import org.jspecify.annotations.Nullable;

/** Response of Fetch; empty when the property is unset. */
@XmlAccessorType(XmlAccessType.FIELD)
@XmlType(name = "")
@XmlRootElement(name = "FetchResponse")
public class FetchResponse {
    protected @Nullable Object returnval;

    /** The value. */
    public @Nullable Object getReturnval() {
        return returnval;
    }
}
