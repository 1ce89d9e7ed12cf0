package io.cbtguard.page;

import io.cbtguard.http.Web.Question;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The parameters of a query, decoded. */
record Parameters(Map<String, String> values) {
    static Parameters of(Question question) {
        Map<String, String> values = new HashMap<>();
        for (String pair : question.query().split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return new Parameters(values);
    }

    /** @throws UnanswerableException if it is missing */
    String required(String name, String shape) {
        String value = values.getOrDefault(name, "");
        if (value.isBlank()) {
            throw new UnanswerableException(400, "the parameter " + name + " is missing: " + name + "=" + shape);
        }
        return value;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new UnanswerableException(400, "the query is not well encoded: " + text);
        }
    }
}
