package io.cbtguard.simulator.soap;

import java.util.Iterator;
import javax.xml.namespace.NamespaceContext;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;
import org.jspecify.annotations.Nullable;

/** Knows the prefixes xsd and xsi even where they are not declared: govmomi uses them so, and a vCenter lets it. */
final class LenientReader extends StreamReaderDelegate {
    LenientReader(XMLStreamReader reader) {
        super(reader);
    }

    @Override
    public NamespaceContext getNamespaceContext() {
        return new WithUsualPrefixes(super.getNamespaceContext());
    }

    private record WithUsualPrefixes(NamespaceContext declared) implements NamespaceContext {
        @Override
        public @Nullable String getNamespaceURI(String prefix) {
            String uri = declared.getNamespaceURI(prefix);
            if (uri != null && !uri.isEmpty()) {
                return uri;
            }
            return switch (prefix) {
                case "xsd" -> Prefixes.XSD;
                case "xsi" -> Prefixes.XSI;
                default -> uri;
            };
        }

        @Override
        public @Nullable String getPrefix(String uri) {
            return declared.getPrefix(uri);
        }

        @Override
        public Iterator<String> getPrefixes(String uri) {
            return declared.getPrefixes(uri);
        }
    }
}
