package io.cbtguard.testkit.demo;

import com.vmware.vim25.VimPortType;
import com.vmware.vim25.VimService;
import io.cbtguard.testkit.pki.Trust;
import java.net.URI;
import java.net.URL;
import java.util.Objects;
import javax.xml.ws.BindingProvider;

/** The generated stubs, prepared once: making a service costs seconds, a further port only milliseconds. */
final class VimStubs {
    private static final String TRANSPORT = "com.sun.xml.ws.";
    private static final int CONNECT_MILLIS = 10_000;
    private static final int ANSWER_MILLIS = 120_000;

    private VimStubs() {}

    /** A port for one thread, with a cookie jar of its own. */
    static VimPortType port(URI sdk, String caPem) {
        VimPortType port = Service.INSTANCE.getVimPort();
        var context = ((BindingProvider) port).getRequestContext();
        context.put(BindingProvider.ENDPOINT_ADDRESS_PROPERTY, sdk.toString());
        context.put(BindingProvider.SESSION_MAINTAIN_PROPERTY, true);
        context.put(BindingProvider.SOAPACTION_USE_PROPERTY, true);
        context.put(BindingProvider.SOAPACTION_URI_PROPERTY, "urn:vim25/6.5");
        context.put(TRANSPORT + "connect.timeout", CONNECT_MILLIS);
        context.put(TRANSPORT + "request.timeout", ANSWER_MILLIS);
        if (!caPem.isEmpty()) {
            context.put(
                    TRANSPORT + "transport.https.client.SSLSocketFactory",
                    Trust.of(caPem).getSocketFactory());
        }
        return port;
    }

    private static final class Service {
        // the default constructor looks for the WSDL by a URL that only CXF understands
        static final VimService INSTANCE = new VimService(wsdl());

        private static URL wsdl() {
            return Objects.requireNonNull(
                    VimService.class.getResource("/com/vmware/wsdl/vimService.wsdl"), "WSDL of the VIM stubs");
        }
    }
}
