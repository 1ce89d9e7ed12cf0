/** Operations that current clients call and the generated types, which are those of vSphere 6.5, do not have. */
@NullMarked
@XmlSchema(namespace = "urn:vim25", elementFormDefault = XmlNsForm.QUALIFIED)
package io.cbtguard.simulator.soap.extra;

import javax.xml.bind.annotation.XmlNsForm;
import javax.xml.bind.annotation.XmlSchema;
import org.jspecify.annotations.NullMarked;
