package io.cbtguard.testkit.proxy;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** One client connection and its own connection to the API server: request, answer, request, answer. */
final class ProxiedConnection {

    private final WriteLog writes;
    private final Socket client;
    private final Socket server;
    private final InputStream fromClient;
    private final OutputStream toClient;
    private final InputStream fromServer;
    private final OutputStream toServer;

    ProxiedConnection(Socket client, Socket server, WriteLog writes) throws IOException {
        this.writes = writes;
        this.client = client;
        this.server = server;
        this.fromClient = new BufferedInputStream(client.getInputStream());
        this.toClient = new BufferedOutputStream(client.getOutputStream());
        this.fromServer = new BufferedInputStream(server.getInputStream());
        this.toServer = new BufferedOutputStream(server.getOutputStream());
    }

    /** Returns when the connection is to be closed. */
    void run() throws IOException {
        while (true) {
            var request = HttpMessage.read(fromClient);
            if (request == null || !exchange(request)) {
                return;
            }
        }
    }

    /** True if another request may follow. */
    private boolean exchange(HttpMessage request) throws IOException {
        var body = new ByteArrayOutputStream();
        request.copyRequestBody(fromClient, body);
        var fault = writes.note(request.word(0), request.word(1), body.toByteArray());
        if (fault.isPresent() && fault.get().kind() == Plan.Kind.KILL_BEFORE) {
            fault.get().kill().run();
            writes.fired();
            return false;
        }
        toServer.write(request.bytes());
        body.writeTo(toServer);
        toServer.flush();
        if (fault.isPresent()) {
            // The answer is read to its end: only then is it certain that the API server has done it.
            answer(request, OutputStream.nullOutputStream());
            if (fault.get().kind() == Plan.Kind.KILL_AFTER) {
                fault.get().kill().run();
            }
            client.setSoLinger(true, 0);
            writes.fired();
            return false;
        }
        return answer(request, toClient);
    }

    private boolean answer(HttpMessage request, OutputStream out) throws IOException {
        HttpMessage response;
        do {
            response = HttpMessage.read(fromServer);
            if (response == null) {
                return false;
            }
            out.write(response.bytes());
            out.flush();
        } while (response.status() >= 100 && response.status() < 200 && response.status() != 101);
        if (response.status() == 101) {
            bothWays();
            return false;
        }
        var mayFollow = response.copyResponseBody(request.word(0), fromServer, out);
        out.flush();
        return mayFollow && !"close".equalsIgnoreCase(response.header("Connection"));
    }

    /** After an upgrade the bytes are no longer ours to understand. */
    private void bothWays() throws IOException {
        Thread.ofVirtual().name("api-proxy-upgrade").start(() -> {
            try (client;
                    server) {
                HttpMessage.pump(fromClient, toServer);
            } catch (IOException ended) {
                // The other direction sees it too.
            }
        });
        HttpMessage.pump(fromServer, toClient);
    }
}
