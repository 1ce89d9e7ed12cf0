package io.cbtguard.vsphere;

import com.sun.xml.ws.client.BindingProviderProperties;
import com.sun.xml.ws.developer.JAXWSProperties;
import com.vmware.vim25.VimPortType;
import com.vmware.vim25.VimService;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.xml.ws.BindingProvider;
import javax.xml.ws.handler.MessageContext;
import org.jspecify.annotations.Nullable;

/**
 * The generated stubs' one service. Making it takes seconds and tens of megabytes, a port of it milliseconds: so there is one per
 * JVM, made beside the start-up, and one port per thread (a port is not thread-safe).
 */
final class VimStubs {
    static final Duration CONNECT = Duration.ofSeconds(10);

    static {
        // Silent retries of a POST would run an operation twice. Read once, when the JDK's HTTP client is first used.
        System.setProperty("sun.net.http.retryPost", "false");
        // Whoever answers at vCenter's address must not send a password or a session on to somebody else.
        HttpURLConnection.setFollowRedirects(false);
    }

    private VimStubs() {}

    /** Makes the service ahead of the first connection. */
    static void warm() {
        Thread.ofVirtual().name("vim-stubs").start(() -> Holder.SERVICE.getVimPort());
    }

    /**
     * @param endpoint the server's {@code /sdk}
     * @param tls null for plain HTTP
     * @param soapAction the version asked for, such as {@code urn:vim25/6.5}; null for the stubs' own
     * @param read longest wait for an answer
     * @param cookie the API session's cookie, null before login
     * @param listener told of each request
     */
    static VimPortType port(
            URI endpoint,
            @Nullable TlsSockets tls,
            @Nullable String soapAction,
            Duration read,
            @Nullable String cookie,
            VcenterWatch.Listener listener) {
        VimPortType port = Holder.SERVICE.getVimPort();
        Map<String, Object> context = ((BindingProvider) port).getRequestContext();
        context.put(BindingProvider.ENDPOINT_ADDRESS_PROPERTY, endpoint.toString());
        // The cookie is one header for all ports of an API session; a cookie store per port would make sessions of its
        // own.
        context.put(BindingProvider.SESSION_MAINTAIN_PROPERTY, false);
        context.put(BindingProviderProperties.CONNECT_TIMEOUT, Math.toIntExact(CONNECT.toMillis()));
        context.put(BindingProviderProperties.REQUEST_TIMEOUT, Math.toIntExact(read.toMillis()));
        if (tls != null) {
            context.put(JAXWSProperties.SSL_SOCKET_FACTORY, tls.socketFactory());
            context.put(JAXWSProperties.HOSTNAME_VERIFIER, tls.hostnameVerifier());
        }
        if (soapAction != null) {
            context.put(BindingProvider.SOAPACTION_USE_PROPERTY, true);
            context.put(BindingProvider.SOAPACTION_URI_PROPERTY, soapAction);
        }
        Map<String, List<String>> headers = new HashMap<>();
        headers.put("User-Agent", List.of("cbtguard"));
        if (cookie != null) {
            headers.put("Cookie", List.of(cookie));
        }
        context.put(MessageContext.HTTP_REQUEST_HEADERS, headers);
        return MeteredPort.of(port, listener);
    }

    private static final class Holder {
        static final VimService SERVICE = service();

        private static VimService service() {
            // The stubs' own constructor asks for a classpath: URL, which only one other runtime knows.
            URL wsdl = VimService.class.getClassLoader().getResource("com/vmware/wsdl/vimService.wsdl");
            return new VimService(Objects.requireNonNull(wsdl, "vimService.wsdl is missing from the VIM stubs"));
        }
    }
}
