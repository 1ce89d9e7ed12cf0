package io.cbtguard.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Positions and intervals of vCenter's order as words: {@code KEY@TIME}, and {@code KEY@TIME..KEY@TIME}. */
final class PointWords {
    private static final Pattern POSITION = Pattern.compile("(?:(\\d+):)?(\\d*)@(.+)");
    private static final String BETWEEN = "..";
    private static final long NO_KEY = -1;

    private PointWords() {}

    static String position(JsonNode position) {
        int epoch = position.path("epoch").asInt();
        long key = position.path("key").asLong(NO_KEY);
        return (epoch == 0 ? "" : epoch + ":") + (key == NO_KEY ? "" : key) + "@"
                + position.path("time").asText();
    }

    static String interval(JsonNode interval) {
        JsonNode from = interval.path("from");
        JsonNode to = interval.path("to");
        return from.equals(to) ? position(from) : position(from) + BETWEEN + position(to);
    }

    /** @throws IllegalArgumentException if it is no position */
    static ObjectNode position(String word) {
        Matcher parts = POSITION.matcher(word);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a position in vCenter's order: " + word);
        }
        ObjectNode position = JsonNodeFactory.instance.objectNode();
        position.put("epoch", parts.group(1) == null ? 0 : Integer.parseInt(parts.group(1)));
        position.put("key", parts.group(2).isEmpty() ? NO_KEY : Long.parseLong(parts.group(2)));
        position.put("time", parts.group(3));
        return position;
    }

    /** @throws IllegalArgumentException if it is no interval */
    static ObjectNode interval(String words) {
        int between = words.indexOf(BETWEEN);
        ObjectNode interval = JsonNodeFactory.instance.objectNode();
        interval.set("from", position(between < 0 ? words : words.substring(0, between)));
        interval.set("to", position(between < 0 ? words : words.substring(between + BETWEEN.length())));
        return interval;
    }
}
