package io.cbtguard.simulator.soap;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** An HTTP server on the loopback address; a virtual thread per request, so that long polls cost nothing. */
public final class HttpFront implements AutoCloseable {
    static {
        // without it the kernel holds back small answers for 40 ms; and clients poll for minutes on few connections
        setIfAbsent("sun.net.httpserver.nodelay", "true");
        setIfAbsent("sun.net.httpserver.maxIdleConnections", "4000");
        setIfAbsent("sun.net.httpserver.idleInterval", "600");
    }

    private final HttpServer server;
    private final boolean tls;
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * @param port 0 for any free one
     * @param ssl null for plain HTTP
     */
    public HttpFront(int port, @Nullable SSLContext ssl) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        tls = ssl != null;
        try {
            if (ssl != null) {
                HttpsServer secure = HttpsServer.create(address, 1024);
                secure.setHttpsConfigurator(new HttpsConfigurator(ssl));
                server = secure;
            } else {
                server = HttpServer.create(address, 1024);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on port " + port, e);
        }
        server.setExecutor(requests);
    }

    private static void setIfAbsent(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    public HttpFront route(String path, HttpHandler handler) {
        server.createContext(path, handler);
        return this;
    }

    public HttpFront start() {
        server.start();
        return this;
    }

    public URI uri(String path) {
        return URI.create(
                (tls ? "https" : "http") + "://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    @Override
    public void close() {
        server.stop(0);
        requests.shutdownNow();
    }
}
