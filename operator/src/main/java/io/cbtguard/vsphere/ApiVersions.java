package io.cbtguard.vsphere;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.net.ssl.HttpsURLConnection;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The API versions that a server says it speaks, in {@code /sdk/vimServiceVersions.xml}. A server answers in the version that a
 * call's SOAPAction names, so the newest one that the stubs' types cover is asked for.
 */
final class ApiVersions {
    /** What the stubs' types cover, best first; their own SOAPAction says 6.0. */
    private static final Set<String> COVERED = new LinkedHashSet<>(java.util.List.of("6.5", "6.0"));

    private ApiVersions() {}

    /**
     * @return versions of {@code urn:vim25}, newest first; empty if the server has no such list
     * @throws IOException if the server could not be reached
     */
    static Set<String> read(URI endpoint, @Nullable TlsSockets tls) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create(endpoint + "/vimServiceVersions.xml").toURL().openConnection();
        if (connection instanceof HttpsURLConnection https && tls != null) {
            https.setSSLSocketFactory(tls.socketFactory());
            https.setHostnameVerifier(tls.hostnameVerifier());
        }
        connection.setConnectTimeout((int) VimStubs.CONNECT.toMillis());
        connection.setReadTimeout((int) VimStubs.CONNECT.toMillis());
        int status = connection.getResponseCode();
        if (status == HttpURLConnection.HTTP_UNAVAILABLE) {
            throw new IOException("The server sent HTTP status code 503");
        }
        if (status != HttpURLConnection.HTTP_OK) {
            return Set.of();
        }
        try (InputStream body = connection.getInputStream()) {
            return parse(body);
        }
    }

    static Set<String> parse(InputStream xml) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            NodeList namespaces = factory.newDocumentBuilder().parse(xml).getElementsByTagName("namespace");
            Set<String> versions = new LinkedHashSet<>();
            for (int i = 0; i < namespaces.getLength(); i++) {
                Element namespace = (Element) namespaces.item(i);
                if (text(namespace, "name").contains("urn:vim25")) {
                    versions.addAll(text(namespace, "version"));
                }
            }
            return versions;
        } catch (ParserConfigurationException | SAXException unreadable) {
            return Set.of();
        }
    }

    /** @return the SOAPAction to use; empty text if none of ours is spoken, null if the stubs' own is to be left alone */
    static @Nullable String soapAction(Set<String> spoken) {
        for (String version : COVERED) {
            if (spoken.contains(version)) {
                return "urn:vim25/" + version;
            }
        }
        return spoken.isEmpty() ? null : "";
    }

    private static Set<String> text(Element parent, String tag) {
        Set<String> texts = new LinkedHashSet<>();
        NodeList nodes = parent.getElementsByTagName(tag);
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent().trim());
        }
        return texts;
    }
}
