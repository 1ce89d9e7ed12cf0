package io.cbtguard.testkit.proxy;

import io.cbtguard.testkit.pki.CertificateAuthority;
import io.cbtguard.testkit.pki.Trust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TLS proxy before an API server. It speaks HTTP/1.1, passes every byte on unchanged (bearer tokens, watches and
 * WebSocket upgrades too), numbers the writes, and carries out one {@link Plan} at a time. Client certificates do not
 * get through.
 */
public final class ApiProxy implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ApiProxy.class);

    private final CertificateAuthority authority = CertificateAuthority.create("api proxy");
    private final SSLServerSocket listener;
    private final SSLSocketFactory upstream;
    private final URI target;
    private final WriteLog writes = new WriteLog();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private ApiProxy(URI target, String targetCaPem) throws IOException {
        this.target = target;
        this.upstream = Trust.of(targetCaPem).getSocketFactory();
        this.listener = (SSLServerSocket) authority
                .loopbackServer("api-proxy")
                .serverContext()
                .getServerSocketFactory()
                .createServerSocket(0, 200, InetAddress.getLoopbackAddress());
    }

    /**
     * Starts a proxy on a free loopback port.
     *
     * @param server the API server's address
     * @param caPem what to trust there
     */
    public static ApiProxy start(URI server, String caPem) {
        try {
            var proxy = new ApiProxy(server, caPem);
            Thread.ofVirtual().name("api-proxy-accept").start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address that clients are to use. */
    public URI server() {
        return URI.create("https://127.0.0.1:" + listener.getLocalPort());
    }

    /** What clients are to trust. */
    public String caPem() {
        return authority.certificatePem();
    }

    /**
     * Forgets the writes so far and carries out the plan at the n-th from now.
     *
     * @param kill ends the writer, and returns when it has ended; not called by {@code DROP_ANSWER}
     */
    public void arm(Plan plan, Runnable kill) {
        writes.arm(plan, kill);
    }

    /** Forgets the writes so far and any plan. */
    public void reset() {
        writes.arm(null, () -> {});
    }

    /** Waits until the armed plan has been carried out; false if that does not come in time. */
    public boolean awaitFired(Duration timeout) throws InterruptedException {
        return writes.awaitFired(timeout);
    }

    /** The writes since the start, or since the last {@link #arm} or {@link #reset}, in their order. */
    public List<Write> writes() {
        return writes.writes();
    }

    /** How many writes of leases and Kubernetes Events came meanwhile. */
    public int housekeepingWrites() {
        return writes.housekeeping();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var client = listener.accept();
                Thread.ofVirtual().name("api-proxy").start(() -> serve(client));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    log.warn("cannot accept: {}", e.getMessage());
                }
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                var server = upstream.createSocket(target.getHost(), target.getPort())) {
            open.addAll(List.of(client, server));
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            new ProxiedConnection(client, server, writes).run();
        } catch (IOException e) {
            log.debug("connection ended: {}", e.getMessage());
        } finally {
            open.removeIf(Socket::isClosed);
        }
    }

    /** Closes every connection and the port. */
    @Override
    public void close() {
        try {
            listener.close();
            for (var socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
