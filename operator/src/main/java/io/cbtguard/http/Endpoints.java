package io.cbtguard.http;

import io.cbtguard.http.Web.Answer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Set;

/**
 * Serves {@code /metrics}, {@code /healthz} and {@code /readyz} over plain HTTP. A probe answers 200 or 503 with a line that says
 * why; what is alive or ready is asked anew at every call.
 */
public final class Endpoints implements AutoCloseable {
    private static final Set<String> READ = Set.of("GET");

    private final Web web;

    private Endpoints(Web web) {
        this.web = web;
    }

    /**
     * @param address where to listen; port 0 takes any free one
     * @throws IOException if the address cannot be bound
     */
    public static Endpoints start(InetSocketAddress address, Scrape scrape, Probe alive, Probe ready)
            throws IOException {
        Web web = Web.listen(address);
        web.route("/metrics", READ, question -> {
            Scrape.Page page = scrape.page(question.accept());
            return new Answer(200, page.contentType(), page.text());
        });
        web.route("/healthz", READ, question -> probe(alive));
        web.route("/readyz", READ, question -> probe(ready));
        web.route("/", READ, question -> Answer.text(404, "not here: /metrics, /healthz, /readyz\n"));
        web.start();
        return new Endpoints(web);
    }

    /** The port it listens on. */
    public int port() {
        return web.port();
    }

    @Override
    public void close() {
        web.close();
    }

    private static Answer probe(Probe probe) {
        Probe.Answer answer = probe.ask();
        return Answer.text(answer.good() ? 200 : 503, answer.message() + "\n");
    }
}
