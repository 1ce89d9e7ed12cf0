package io.cbtguard.simulator.soap;

import com.sun.xml.bind.marshaller.NamespacePrefixMapper;

/**
 * The prefixes that a vCenter uses and the envelope declares. Some clients compare {@code xsd:string} as text instead of
 * resolving the prefix.
 */
final class Prefixes extends NamespacePrefixMapper {
    static final String XSD = "http://www.w3.org/2001/XMLSchema";
    static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";

    @Override
    public String getPreferredPrefix(String namespace, String suggestion, boolean requirePrefix) {
        return switch (namespace) {
            case XSD -> "xsd";
            case XSI -> "xsi";
            case VimTypes.NAMESPACE -> requirePrefix ? "vim25" : "";
            default -> suggestion;
        };
    }

    @Override
    public String[] getPreDeclaredNamespaceUris2() {
        return new String[] {"xsd", XSD, "xsi", XSI};
    }
}
