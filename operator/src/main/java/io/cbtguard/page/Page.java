package io.cbtguard.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cbtguard.explain.Consequences;
import io.cbtguard.explain.Estate;
import io.cbtguard.explain.Explaining;
import io.cbtguard.explain.Explanation;
import io.cbtguard.explain.ExplanationText;
import io.cbtguard.explain.Guarded;
import io.cbtguard.http.Web;
import io.cbtguard.http.Web.Answer;
import io.cbtguard.http.Web.Question;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Explanations and what-if, as text or, with {@code Accept: application/json}, as JSON. Nothing can be changed here but the level
 * of the log, and that only on a loopback address. Bound to one it answers only requests that name one, so that no web site can have
 * a browser read it; nor can one have it send a PUT, which browsers ask permission for first.
 */
public final class Page implements AutoCloseable {
    private static final String JSON = "application/json";
    private static final Pattern LOOPBACK = Pattern.compile("(localhost|127\\.[0-9.]+|\\[::1])(:[0-9]+)?");
    private static final Set<String> READ = Set.of("GET");

    private final ObjectMapper json = new ObjectMapper();
    private final Estate estate;
    private final WhatIfAnswers whatIf;
    private final Loggers loggers = new Loggers();
    private final boolean loopback;
    private final Web web;

    private Page(Web web, Estate estate, boolean loopback) {
        this.web = web;
        this.estate = estate;
        this.loopback = loopback;
        this.whatIf = new WhatIfAnswers(estate);
    }

    /**
     * @param address where to listen; port 0 takes any free one
     * @throws IOException if the address cannot be bound
     */
    public static Page start(InetSocketAddress address, Estate estate) throws IOException {
        boolean loopback = address.getAddress() != null && address.getAddress().isLoopbackAddress();
        Page page = new Page(Web.listen(address), estate, loopback);
        page.route("/", READ, page::root);
        page.route("/explain/", READ, page::explain);
        page.route("/whatif/host", READ, q -> page.consequences(q, page.whatIf.host(Parameters.of(q))));
        page.route("/whatif/revert", READ, q -> page.consequences(q, page.whatIf.revert(Parameters.of(q))));
        page.route("/whatif/advisory", Set.of("POST"), q -> page.consequences(q, page.whatIf.advisory(q.body())));
        page.web.route(Loggers.PATH, Set.of("GET", "PUT"), page::loggers);
        page.web.start();
        return page;
    }

    /** The port it listens on. */
    public int port() {
        return web.port();
    }

    @Override
    public void close() {
        web.close();
    }

    private void route(String path, Set<String> methods, Web.Handler handler) {
        web.route(path, methods, question -> {
            if (loopback && !isLoopback(question)) {
                return notLoopback();
            }
            if (!estate.ready()) {
                return Answer.text(503, "not ready: this operator has not read the cluster yet, or does not lead\n");
            }
            return answered(handler, question);
        });
    }

    /** A standby has a log, too. */
    private Answer loggers(Question question) {
        return loopback && isLoopback(question) ? answered(loggers::answer, question) : notLoopback();
    }

    private static Answer answered(Web.Handler handler, Question question) {
        try {
            return handler.answer(question);
        } catch (UnanswerableException e) {
            return Answer.text(e.status(), ExplanationText.escaped(e.getMessage()) + "\n");
        }
    }

    private static boolean isLoopback(Question question) {
        return LOOPBACK.matcher(question.host()).matches();
    }

    private Answer notLoopback() {
        return Answer.text(403, "ask by a loopback address, such as http://127.0.0.1:" + port() + "/\n");
    }

    private Answer root(Question question) {
        if (!question.path().equals("/")) {
            return Answer.text(404, """
                    not here. There is:
                      GET  /                          every ProtectedVM and its state
                      GET  /explain/NAMESPACE/NAME    what is known of one, and what follows
                      GET  /whatif/host?vcenter=NAMESPACE/NAME&host=NAME_OR_MOREF&build=VERSION-BUILD
                      GET  /whatif/revert?vm=NAMESPACE/NAME&snapshot=NAME_OR_MOREF
                      POST /whatif/advisory           a CBTAdvisory as YAML or JSON
                      GET  /loggers                   levels of the log
                      PUT  /loggers/NAME?level=debug  sets one until the next start
                    """);
        }
        List<Estate.Line> lines = estate.lines();
        if (wantsJson(question)) {
            return json(lines);
        }
        String text = lines.stream()
                .map(l -> l.namespace() + "/" + l.name() + "  " + (l.next().isEmpty() ? "-" : l.next()) + "  "
                        + l.reason() + "  " + l.vcenter() + (l.atRisk().isEmpty() ? "" : "  at risk: " + l.atRisk())
                        + "\n")
                .collect(Collectors.joining());
        return Answer.text(200, text.isEmpty() ? "there is no ProtectedVM\n" : text);
    }

    private Answer explain(Question question) {
        String[] names = question.path().substring("/explain/".length()).split("/", -1);
        if (names.length != 2 || names[0].isEmpty() || names[1].isEmpty()) {
            throw new UnanswerableException(
                    404, "say which: /explain/NAMESPACE/NAME of a ProtectedVM; GET / lists them");
        }
        Guarded vm = Named.vm(estate, names[0] + "/" + names[1]);
        Explanation explanation = Explaining.of(vm);
        return wantsJson(question) ? json(explanation) : Answer.text(200, ExplanationText.of(explanation));
    }

    private Answer consequences(Question question, Consequences consequences) {
        return wantsJson(question) ? json(consequences) : Answer.text(200, consequences.text());
    }

    private static boolean wantsJson(Question question) {
        return question.accept().contains(JSON);
    }

    private Answer json(Object value) {
        try {
            return new Answer(200, JSON, json.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n");
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
