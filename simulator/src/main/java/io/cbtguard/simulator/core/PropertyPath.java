package io.cbtguard.simulator.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A property path such as {@code config.hardware.device[2000].backing} or {@code config.extraConfig["ctkEnabled"]},
 * taken apart once.
 */
public final class PropertyPath {
    private static final Map<String, PropertyPath> CACHE = new ConcurrentHashMap<>();

    private final String text;
    private final List<Segment> segments;

    private PropertyPath(String text, List<Segment> segments) {
        this.text = text;
        this.segments = segments;
    }

    /**
     * One step.
     *
     * @param key the key of a list element, quotes removed; null when the whole value is meant
     */
    record Segment(String name, @Nullable String key) {}

    public static PropertyPath of(String text) {
        PropertyPath known = CACHE.get(text);
        if (known != null) {
            return known;
        }
        PropertyPath path = new PropertyPath(text, split(text));
        if (CACHE.size() < 10_000) {
            CACHE.put(text, path);
        }
        return path;
    }

    private static List<Segment> split(String text) {
        List<Segment> segments = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int end = at;
            while (end < text.length() && text.charAt(end) != '.' && text.charAt(end) != '[') {
                end++;
            }
            String name = text.substring(at, end);
            String key = null;
            if (end < text.length() && text.charAt(end) == '[') {
                boolean quoted = text.startsWith("[\"", end);
                int close = text.indexOf(quoted ? "\"]" : "]", end);
                if (close < 0) {
                    throw Faults.invalidProperty(text);
                }
                key = text.substring(end + (quoted ? 2 : 1), close);
                end = close + (quoted ? 2 : 1);
            }
            segments.add(new Segment(name, key));
            at = end + 1;
        }
        if (segments.isEmpty()) {
            throw Faults.invalidProperty(text);
        }
        return segments;
    }

    String first() {
        return segments.get(0).name();
    }

    List<Segment> segments() {
        return segments;
    }

    /** Whether a change announced at {@code changed} can alter the value at this path, from above or from below. */
    public boolean touchedBy(String changed) {
        return changed.equals(text) || isBelow(text, changed) || isBelow(changed, text);
    }

    public boolean isBelow(PropertyPath ancestor) {
        return isBelow(text, ancestor.text);
    }

    private static boolean isBelow(String path, String ancestor) {
        return path.length() > ancestor.length()
                && path.startsWith(ancestor)
                && (path.charAt(ancestor.length()) == '.' || path.charAt(ancestor.length()) == '[');
    }

    /** Refuses a path that no object of this type can have. */
    public void checkAgainst(PropertyTable table) {
        PropertyTable.Property property = table.find(first());
        if (property == null) {
            throw Faults.invalidProperty(text);
        }
        Class<?> type = property.element();
        boolean list = property.list();
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            if (i > 0) {
                if (list) {
                    throw Faults.invalidProperty(text);
                }
                Bean.Member member = Bean.of(type).member(segment.name());
                if (member == null) {
                    throw Faults.invalidProperty(text);
                }
                type = member.element();
                list = member.list();
            }
            if (segment.key() != null) {
                if (!list) {
                    throw Faults.invalidProperty(text);
                }
                // an element's own type decides what follows
                return;
            }
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
