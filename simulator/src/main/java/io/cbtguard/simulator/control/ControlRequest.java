package io.cbtguard.simulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments of a call: names of the path, and fields of the JSON body. */
final class ControlRequest {
    private final Map<String, String> names;
    private final JsonNode body;

    ControlRequest(Map<String, String> names, JsonNode body) {
        this.names = names;
        this.body = body;
    }

    String name(String key) {
        String value = names.get(key);
        if (value == null) {
            throw new IllegalArgumentException("no " + key + " in the path");
        }
        return value;
    }

    JsonNode body() {
        return body;
    }

    /** A required text. */
    String text(String field) {
        String value = textOrNull(field);
        if (value == null) {
            throw new IllegalArgumentException("the body lacks \"" + field + "\"");
        }
        return value;
    }

    @Nullable String textOrNull(String field) {
        JsonNode value = body.get(field);
        return value == null || value.isNull() ? null : value.asText();
    }

    String text(String field, String otherwise) {
        String value = textOrNull(field);
        return value == null ? otherwise : value;
    }

    long number(String field) {
        return Long.parseLong(text(field));
    }

    long number(String field, long otherwise) {
        String value = textOrNull(field);
        return value == null ? otherwise : Long.parseLong(value);
    }

    boolean flag(String field, boolean otherwise) {
        String value = textOrNull(field);
        return value == null ? otherwise : Boolean.parseBoolean(value);
    }
}
