package io.cbtguard.vsphere;

import com.vmware.vim25.InvalidLoginFaultMsg;
import com.vmware.vim25.RuntimeFaultFaultMsg;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.xml.ws.WebServiceException;
import javax.xml.ws.soap.SOAPFaultException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** The one reading of whatever a VIM call can throw; callers react to these classes and to nothing else. */
enum VimFault {
    /** The API session is gone: log in again, everything that hung on it is gone too. */
    SESSION_LOST,
    /** A property collector's version is not accepted: new collector, full read. */
    COLLECTOR_LOST,
    /** The object called upon does not exist (any more); on a collector, filter or view it means that one is lost. */
    OBJECT_GONE,
    /** A wait was cancelled, by us. */
    CANCELLED,
    /** The server does not know the operation, or a property that is asked for. */
    UNSUPPORTED,
    BAD_LOGIN,
    NO_PERMISSION,
    /** Too many sessions or collectors, or the server is starting or overloaded. */
    SERVER_BUSY,
    CERTIFICATE,
    /** No connection, or it broke, or no answer in time. */
    NETWORK,
    /** Something of ours or theirs that is not foreseen. */
    OTHER;

    private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";
    private static final Set<String> BUSY_CODES = Set.of("408", "429", "502", "503", "504");

    static VimFault of(Throwable thrown) {
        return switch (name(thrown)) {
            case "NotAuthenticated" -> SESSION_LOST;
            case "InvalidCollectorVersion" -> COLLECTOR_LOST;
            case "ManagedObjectNotFound" -> OBJECT_GONE;
            case "RequestCanceled" -> CANCELLED;
            case "MethodNotFound", "NotSupported", "NotImplemented", "InvalidProperty", "InvalidType" -> UNSUPPORTED;
            case "InvalidLogin" -> BAD_LOGIN;
            case "NoPermission", "RestrictedVersion" -> NO_PERMISSION;
            case "" -> ofTransport(thrown);
            default -> OTHER;
        };
    }

    /**
     * The fault's type name as the API reference spells it, such as {@code NotAuthenticated}; empty if the throwable carries no
     * VIM fault. Faults that an operation does not declare come untyped: there the detail's {@code xsi:type} says it, else its
     * element name.
     */
    static String name(Throwable thrown) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            if (at instanceof SOAPFaultException soap) {
                return detailName(soap);
            }
            if (at instanceof RuntimeFaultFaultMsg runtime && runtime.getFaultInfo() != null) {
                return runtime.getFaultInfo().getClass().getSimpleName();
            }
            if (at instanceof Missing.SessionLostException) {
                return "NotAuthenticated";
            }
            if (at instanceof InvalidLoginFaultMsg) {
                return "InvalidLogin";
            }
            String type = at.getClass().getSimpleName();
            if (type.endsWith("FaultMsg")) {
                return type.substring(0, type.length() - "FaultMsg".length());
            }
        }
        return "";
    }

    private static String detailName(SOAPFaultException soap) {
        Node detail = soap.getFault() == null ? null : soap.getFault().getDetail();
        for (Node at = detail == null ? null : detail.getFirstChild(); at != null; at = at.getNextSibling()) {
            if (at instanceof Element element) {
                String type = element.getAttributeNS(XSI, "type");
                return type.isEmpty() ? stripFault(localName(element)) : type.substring(type.indexOf(':') + 1);
            }
        }
        return "SOAPFault";
    }

    private static String localName(Element element) {
        String local = element.getLocalName();
        return local == null ? element.getTagName() : local;
    }

    private static String stripFault(String name) {
        return name.endsWith("Fault") ? name.substring(0, name.length() - "Fault".length()) : name;
    }

    private static VimFault ofTransport(Throwable thrown) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            if (at instanceof CertificateException
                    || at instanceof SSLHandshakeException
                    || at instanceof SSLPeerUnverifiedException) {
                return isCutHandshake(at) ? NETWORK : CERTIFICATE;
            }
        }
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            String code = httpStatus(at.getMessage());
            if (code != null) {
                return BUSY_CODES.contains(code) ? SERVER_BUSY : NETWORK;
            }
            if (at instanceof IOException) {
                return NETWORK;
            }
        }
        return thrown instanceof WebServiceException ? NETWORK : OTHER;
    }

    /** A connection that ends within the handshake says nothing about the certificate. */
    private static boolean isCutHandshake(Throwable at) {
        return String.valueOf(at.getMessage()).contains("terminated the handshake");
    }

    /** The runtime tells an HTTP status only in its message: {@code The server sent HTTP status code 503: ...}. */
    private static @Nullable String httpStatus(@Nullable String message) {
        String marker = "HTTP status code ";
        int at = message == null ? -1 : message.indexOf(marker);
        if (message == null || at < 0 || message.length() < at + marker.length() + 3) {
            return null;
        }
        return message.substring(at + marker.length(), at + marker.length() + 3);
    }
}
