package io.cbtguard.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import com.vmware.vim25.InvalidCollectorVersionFaultMsg;
import com.vmware.vim25.InvalidLoginFaultMsg;
import com.vmware.vim25.NoPermission;
import com.vmware.vim25.RuntimeFaultFaultMsg;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLHandshakeException;
import javax.xml.namespace.QName;
import javax.xml.soap.SOAPConstants;
import javax.xml.soap.SOAPElement;
import javax.xml.soap.SOAPException;
import javax.xml.soap.SOAPFactory;
import javax.xml.soap.SOAPFault;
import javax.xml.ws.WebServiceException;
import javax.xml.ws.soap.SOAPFaultException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VimFaultTest {
    private static SOAPFaultException undeclared(String element, String type) throws SOAPException {
        SOAPFault fault =
                SOAPFactory.newInstance(SOAPConstants.SOAP_1_1_PROTOCOL).createFault();
        SOAPElement detail = fault.addDetail().addDetailEntry(new QName("urn:vim25", element));
        if (!type.isEmpty()) {
            detail.addAttribute(new QName("http://www.w3.org/2001/XMLSchema-instance", "type", "xsi"), type);
        }
        return new SOAPFaultException(fault);
    }

    @ParameterizedTest
    @CsvSource({
        "NotAuthenticatedFault, NotAuthenticated, SESSION_LOST",
        "NotAuthenticatedFault, '', SESSION_LOST",
        "RuntimeFaultFault, vim25:MethodNotFound, UNSUPPORTED",
        "ManagedObjectNotFoundFault, ManagedObjectNotFound, OBJECT_GONE",
        "RequestCanceledFault, RequestCanceled, CANCELLED",
        "NoPermissionFault, NoPermission, NO_PERMISSION",
        "InvalidPropertyFault, InvalidProperty, UNSUPPORTED",
        "InvalidStateFault, InvalidState, OTHER",
    })
    void a_fault_that_the_operation_does_not_declare_is_known_by_its_detail(
            String element, String type, VimFault expected) throws SOAPException {
        assertThat(VimFault.of(undeclared(element, type))).isEqualTo(expected);
    }

    @Test
    void declared_faults_are_known_by_their_exception() {
        assertThat(VimFault.of(new InvalidLoginFaultMsg("", new com.vmware.vim25.InvalidLogin())))
                .isEqualTo(VimFault.BAD_LOGIN);
        assertThat(VimFault.of(new InvalidCollectorVersionFaultMsg("", new com.vmware.vim25.InvalidCollectorVersion())))
                .isEqualTo(VimFault.COLLECTOR_LOST);
        assertThat(VimFault.of(new RuntimeFaultFaultMsg("", new NoPermission())))
                .isEqualTo(VimFault.NO_PERMISSION);
    }

    @Test
    void a_broken_connection_is_not_a_rejected_certificate() {
        assertThat(VimFault.of(new WebServiceException(new ConnectException("refused"))))
                .isEqualTo(VimFault.NETWORK);
        assertThat(VimFault.of(new WebServiceException(new SocketTimeoutException("read"))))
                .isEqualTo(VimFault.NETWORK);
        assertThat(VimFault.of(new SSLHandshakeException("Remote host terminated the handshake")))
                .isEqualTo(VimFault.NETWORK);
        SSLHandshakeException untrusted = new SSLHandshakeException("PKIX path building failed");
        untrusted.initCause(new CertificateException("unknown"));
        assertThat(VimFault.of(new WebServiceException(untrusted))).isEqualTo(VimFault.CERTIFICATE);
    }

    @Test
    void a_server_that_is_starting_is_busy() {
        assertThat(VimFault.of(new WebServiceException("The server sent HTTP status code 503: Service Unavailable")))
                .isEqualTo(VimFault.SERVER_BUSY);
        assertThat(VimFault.of(new WebServiceException("The server sent HTTP status code 408: Request Timeout")))
                .isEqualTo(VimFault.SERVER_BUSY);
    }

    @Test
    void every_outage_says_what_to_do() throws SOAPException {
        VcenterTarget target = new VcenterTarget(
                "ns/vc",
                URI.create("https://vc.example.com"),
                () -> new VcenterTarget.Credentials("u", "p"),
                new VcenterTarget.TlsTrust(null, null, false),
                null,
                null);

        assertThat(Outages.of(target, new InvalidLoginFaultMsg("", new com.vmware.vim25.InvalidLogin())))
                .hasMessageContaining("correct the Secret")
                .extracting(VcenterUnavailableException::outage)
                .isEqualTo(Outage.CREDENTIALS_REJECTED);
        assertThat(Outages.of(target, undeclared("NoPermissionFault", "NoPermission")))
                .hasMessageContaining("Read-only role")
                .extracting(VcenterUnavailableException::outage)
                .isEqualTo(Outage.PRIVILEGES_MISSING);
        assertThat(Outages.of(target, new WebServiceException(new ConnectException("Connection refused"))))
                .hasMessageContaining("vc.example.com")
                .hasMessageContaining("check address")
                .extracting(VcenterUnavailableException::outage)
                .isEqualTo(Outage.UNREACHABLE);
    }
}
