package io.cbtguard.vsphere;

import com.vmware.vim25.AboutInfo;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.ServiceContent;
import com.vmware.vim25.UserSession;
import com.vmware.vim25.VimPortType;
import io.cbtguard.inventory.VcenterAbout;
import io.cbtguard.vsphere.VcenterTarget.Credentials;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.ws.BindingProvider;
import javax.xml.ws.handler.MessageContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One API session: logged in once, used through several ports that share its cookie, each for one thread. Everything made within
 * it (views, collectors, filters) ends with it.
 */
final class ApiSession implements AutoCloseable {
    /** Longest single wait of the inventory watch: below what load balancers cut. */
    static final Duration LONG_POLL = Duration.ofSeconds(60);

    private static final Logger log = LoggerFactory.getLogger(ApiSession.class);
    private static final Duration WATCH_READ = LONG_POLL.plusSeconds(60);
    private static final Duration CALL_READ = Duration.ofSeconds(60);
    private static final Duration BRIEF = Duration.ofSeconds(5);

    private final URI endpoint;
    private final @Nullable TlsSockets tls;
    private final @Nullable String soapAction;
    private final String cookie;
    private final ServiceContent content;
    private final VcenterAbout about;
    private final String key;
    private final VcenterWatch.Listener listener;
    private final VimPortType control;

    private ApiSession(
            URI endpoint,
            @Nullable TlsSockets tls,
            @Nullable String soapAction,
            String cookie,
            ServiceContent content,
            VcenterAbout about,
            String key,
            VcenterWatch.Listener listener) {
        this.endpoint = endpoint;
        this.tls = tls;
        this.soapAction = soapAction;
        this.cookie = cookie;
        this.content = content;
        this.about = about;
        this.key = key;
        this.listener = listener;
        this.control = VimStubs.port(endpoint, tls, soapAction, BRIEF, cookie, listener);
    }

    /**
     * Connects and logs in.
     *
     * @param listener told of each request
     * @throws VcenterUnavailableException with the closed reason, whatever went wrong
     */
    static ApiSession open(VcenterTarget target, VcenterWatch.Listener listener) {
        URI endpoint = URI.create(target.server().toString().replaceAll("/+$", "") + "/sdk");
        try {
            TlsSockets tls = "https".equals(endpoint.getScheme()) ? TlsSockets.of(target.tls()) : null;
            Set<String> versions = ApiVersions.read(endpoint, tls);
            String soapAction = ApiVersions.soapAction(versions);
            log.info("{}: speaks API versions {}, using {}", target.name(), versions, soapAction);
            VimPortType port = VimStubs.port(endpoint, tls, soapAction, CALL_READ, null, listener);
            ServiceContent content = port.retrieveServiceContent(serviceInstance());
            VcenterAbout about = about(target, content.getAbout());
            UserSession session = login(target, port, content);
            return new ApiSession(
                    endpoint, tls, soapAction, cookie(target, port), content, about, session.getKey(), listener);
        } catch (VcenterUnavailableException known) {
            throw known;
        } catch (Exception thrown) {
            throw Outages.of(target, thrown);
        }
    }

    private static UserSession login(VcenterTarget target, VimPortType port, ServiceContent content) throws Exception {
        Credentials credentials = target.credentials().get();
        return port.login(content.getSessionManager(), credentials.username(), credentials.password(), null);
    }

    private static VcenterAbout about(VcenterTarget target, AboutInfo about) {
        if (!"VirtualCenter".equals(about.getApiType())) {
            throw new VcenterUnavailableException(
                    Outage.UNSUPPORTED,
                    target.server() + " is no vCenter (apiType " + about.getApiType()
                            + "): give the address of the vCenter that manages it");
        }
        String instance = about.getInstanceUuid() == null ? "" : about.getInstanceUuid();
        String expected = target.expectedInstanceUuid();
        if (expected != null && !expected.equals(instance)) {
            throw new VcenterUnavailableException(
                    Outage.REPLACED,
                    "another vCenter answers at " + target.server() + ": instance UUID " + instance + " instead of "
                            + expected + "; if it was replaced on purpose, create a new VCenter for it");
        }
        return new VcenterAbout(instance, about.getVersion(), Hosts.build(about.getBuild()), about.getApiVersion());
    }

    private static String cookie(VcenterTarget target, VimPortType port) {
        Object headers = ((BindingProvider) port).getResponseContext().get(MessageContext.HTTP_RESPONSE_HEADERS);
        if (headers instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> header : map.entrySet()) {
                if ("Set-Cookie".equalsIgnoreCase(String.valueOf(header.getKey()))
                        && header.getValue() instanceof List<?> values
                        && !values.isEmpty()) {
                    // verbatim, with its quotes: vCenter compares the text
                    return String.valueOf(values.getFirst()).split(";", 2)[0];
                }
            }
        }
        throw new VcenterUnavailableException(
                Outage.UNSUPPORTED,
                target.server() + " gave no session cookie at login; is it behind a rewriting proxy?");
    }

    static ManagedObjectReference serviceInstance() {
        return ref("ServiceInstance", "ServiceInstance");
    }

    static ManagedObjectReference ref(String type, String value) {
        ManagedObjectReference ref = new ManagedObjectReference();
        ref.setType(type);
        ref.setValue(value);
        return ref;
    }

    /** A further port of this session, for one thread, that waits for an answer as long as a long poll may take. */
    VimPortType watchPort() {
        return VimStubs.port(endpoint, tls, soapAction, WATCH_READ, cookie, listener);
    }

    /** A further port of this session, for one thread. */
    VimPortType port() {
        return VimStubs.port(endpoint, tls, soapAction, CALL_READ, cookie, listener);
    }

    ServiceContent content() {
        return content;
    }

    VcenterAbout about() {
        return about;
    }

    /** The API session's own key, which is no secret. */
    String key() {
        return key;
    }

    /** Ends the long poll on a collector, if one is waiting; harmless otherwise. Any thread. */
    synchronized void cancelWait(ManagedObjectReference collector) throws Exception {
        control.cancelWaitForUpdates(collector);
    }

    /** Logs out; says nothing if the session has gone already. Any thread. */
    @Override
    public synchronized void close() {
        try {
            control.logout(content.getSessionManager());
        } catch (Exception gone) {
            log.debug("logout: {}", gone.toString());
        }
    }

    @Override
    public String toString() {
        return "ApiSession[" + endpoint + "]";
    }
}
