package io.cbtguard.simulator.soap;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.cbtguard.simulator.core.FaultException;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.Registry;
import io.cbtguard.simulator.core.SimClock;
import io.cbtguard.simulator.fault.FaultRule;
import io.cbtguard.simulator.fault.FaultRules;
import io.cbtguard.simulator.session.Session;
import io.cbtguard.simulator.session.Sessions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code POST /sdk}: one SOAP request, carried out under the inventory's lock, answered outside of it. */
public final class SoapEndpoint implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(SoapEndpoint.class);

    private final Registry registry;
    private final Sessions sessions;
    private final SimClock clock;
    private final Operations operations;
    private final FaultRules faults;
    private final Journal journal;
    private final ServiceVersions versions;
    private final SoapCodec codec = new SoapCodec();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile long unavailableUntil = System.nanoTime();

    public SoapEndpoint(
            Registry registry,
            Sessions sessions,
            SimClock clock,
            Operations operations,
            FaultRules faults,
            Journal journal,
            ServiceVersions versions) {
        this.registry = registry;
        this.sessions = sessions;
        this.clock = clock;
        this.operations = operations;
        this.faults = faults;
        this.journal = journal;
        this.versions = versions;
    }

    /** Answers HTTP 503 to everything for a while, as a server does whose service is restarting. */
    public void unavailableFor(Duration time) {
        unavailableUntil = System.nanoTime() + time.toNanos();
    }

    /** Lets go of calls that a fault holds for ever. */
    public void close() {
        closed.countDown();
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("POST")) {
                Answer.text(405, "POST only").send(exchange);
                return;
            }
            if (System.nanoTime() - unavailableUntil < 0) {
                exchange.getRequestBody().readAllBytes();
                Answer.text(503, "<html><body>503 Service Unavailable</body></html>")
                        .send(exchange);
                return;
            }
            SoapCodec.Request request;
            try {
                request = codec.read(exchange.getRequestBody());
                exchange.getRequestBody().readAllBytes();
            } catch (XMLStreamException e) {
                LOG.warn("not a request", e);
                Answer.xml(500, codec.plainFault("ClientFaultCode", "Unable to parse the request"))
                        .send(exchange);
                return;
            }
            journal.record(request.method());
            String action = Cookies.header(exchange, "SOAPAction");
            if (!versions.accepts(action)) {
                String uri = action.replace("\"", "");
                Answer.xml(500, codec.plainFault("ServerFaultCode", "Unsupported version URI \"" + uri + "\""))
                        .send(exchange);
                return;
            }
            if (request.method().equals("Login") && !registry.locked(sessions::hasRoom)) {
                Answer.text(503, "<html><body>503 Service Unavailable: too many sessions</body></html>")
                        .send(exchange);
                return;
            }
            Optional<FaultRule> rule = faults.strike(request.method());
            if (rule.isPresent()) {
                interfere(exchange, request, rule.get());
            } else {
                answer(exchange, request).send(exchange);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void interfere(HttpExchange exchange, SoapCodec.Request request, FaultRule rule)
            throws IOException, InterruptedException {
        switch (rule.kind()) {
            case SOAP_FAULT -> Answer.xml(500, codec.fault(rule.toFault())).send(exchange);
            case HTTP_STATUS ->
                Answer.text(rule.status(), "<html><body>" + rule.status() + "</body></html>")
                        .send(exchange);
            case DELAY -> {
                pause(rule.delay());
                answer(exchange, request).send(exchange);
            }
            case DROP -> {
                // closing the exchange without an answer closes the connection
            }
            case DROP_ANSWER -> answer(exchange, request);
            case HALF_OPEN -> {
                answer(exchange, request);
                closed.await();
            }
            case CUT -> answer(exchange, request).sendHalf(exchange);
            case GARBAGE -> {
                answer(exchange, request);
                Answer.xml(200, "\u0000\u0001<<not xml".getBytes(StandardCharsets.UTF_8))
                        .send(exchange);
            }
        }
    }

    private void pause(Duration time) throws InterruptedException {
        boolean ended = closed.await(time.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
        LOG.debug("delayed {}, ended {}", time, ended);
    }

    private Answer answer(HttpExchange exchange, SoapCodec.Request request) {
        boolean secure = exchange instanceof com.sun.net.httpserver.HttpsExchange;
        Call.Peer peer = new Call.Peer(
                exchange.getRemoteAddress().getAddress().getHostAddress(),
                Cookies.header(exchange, "User-Agent"),
                secure);
        String cookie = Cookies.session(exchange);
        try {
            Call call = registry.locked(() -> new Call(registry, request.method(), peer, begin(cookie)));
            Session before = call.sessionIfAny();
            try {
                Answer answer = carryOut(call, request.body());
                Session opened = call.sessionIfAny();
                if (call.setsCookie() && opened != null) {
                    return answer.withCookie(Cookies.toSetCookie(opened.cookie(), secure));
                }
                return answer;
            } finally {
                if (before != null) {
                    registry.run(() -> before.ended(clock.now()));
                }
            }
        } catch (FaultException e) {
            return Answer.xml(500, codec.fault(e));
        } catch (RuntimeException e) {
            LOG.error("{} failed", request.method(), e);
            return Answer.xml(500, codec.plainFault("ServerFaultCode", "A general system error occurred: " + e));
        }
    }

    private @Nullable Session begin(@Nullable String cookie) {
        Session session = sessions.find(cookie);
        if (session != null) {
            session.began(clock.now());
        }
        return session;
    }

    private Answer carryOut(Call call, @Nullable Object body) {
        if (body == null) {
            throw io.cbtguard.simulator.core.Faults.methodNotFound(
                    new MoRef("ServiceInstance", "ServiceInstance"), call.method());
        }
        Object result = registry.locked(() -> operations.dispatch(call, body));
        return Answer.xml(200, codec.response(call.method(), result));
    }
}
