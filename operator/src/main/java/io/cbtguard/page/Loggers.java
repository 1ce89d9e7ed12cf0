package io.cbtguard.page;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.cbtguard.http.Web.Answer;
import io.cbtguard.http.Web.Question;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** Levels of the log, to be read and set while the operator runs; a start forgets what was set. */
final class Loggers {
    static final String PATH = "/loggers";

    private static final Set<String> LEVELS = Set.of("trace", "debug", "info", "warn", "error", "off", "default");
    /** A package or class. Loggers live as long as the process, so that not every text may become one. */
    private static final Pattern NAME = Pattern.compile("ROOT|[a-z][\\w$]*(\\.[\\w$]+){0,20}");

    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

    /** GET: those whose level was set, a line each. PUT of one with {@code level}: sets it. */
    Answer answer(Question question) {
        String name = question.path().substring(PATH.length()).replaceFirst("^/", "");
        if (question.method().equals("PUT")) {
            return set(name, Parameters.of(question).required("level", "debug"));
        }
        if (!name.isEmpty()) {
            throw new UnanswerableException(404, "GET " + PATH + " lists all that are set; PUT sets one");
        }
        return list();
    }

    private Answer list() {
        return Answer.text(
                200,
                context.getLoggerList().stream()
                        .filter(logger -> logger.getLevel() != null)
                        .map(logger -> logger.getName() + "  "
                                + logger.getLevel().toString().toLowerCase(Locale.ROOT) + "\n")
                        .collect(Collectors.joining()));
    }

    private Answer set(String name, String wanted) {
        String level = wanted.toLowerCase(Locale.ROOT);
        boolean isRoot = name.equals(Logger.ROOT_LOGGER_NAME);
        if (!NAME.matcher(name).matches()) {
            throw new UnanswerableException(
                    400,
                    "say whose level: PUT " + PATH + "/NAME?level=debug with ROOT, or a package such as io.cbtguard");
        }
        if (!LEVELS.contains(level) || isRoot && level.equals("default")) {
            throw new UnanswerableException(
                    400,
                    "there is no level " + wanted + ": trace, debug, info, warn, error, off"
                            + (isRoot ? "" : ", or default for that of the package above"));
        }
        context.getLogger(name).setLevel(level.equals("default") ? null : Level.valueOf(level));
        return list();
    }
}
