package io.cbtguard.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cbtguard.judge.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Restore points are most of a record, and all records are in memory: a point is stored without what the rest of the record says.
 * Positions are words; what a disk builds on is left out where it is what its parent run left in the chain, and so is the time that
 * the mint says, and the reason of a Good one.
 */
final class StoredPoints {
    private static final String TRUSTED = Reason.Trusted.name();
    private static final List<String> TEXTS = List.of("parentRun", "changeId");

    private StoredPoints() {}

    /** @param record a value's tree; it becomes the object's */
    static void shorten(ObjectNode record) {
        for (JsonNode chain : record.path("chains")) {
            Map<String, Base> left = left(chain);
            points(chain).forEach(point -> shorten(point, left));
        }
    }

    /** @param record an object's tree; it becomes the value's */
    static void complete(ObjectNode record) {
        for (JsonNode chain : record.path("chains")) {
            Iterable<ObjectNode> points = points(chain);
            points.forEach(StoredPoints::spellOut);
            Map<String, Base> left = left(chain);
            points.forEach(point -> disks(point).forEach(disk -> build(disk, left)));
        }
    }

    /** What the next run may build on. */
    private record Base(String changeId, JsonNode mint) {}

    /** By run and disk. */
    private static Map<String, Base> left(JsonNode chain) {
        Map<String, Base> left = new HashMap<>();
        for (ObjectNode point : points(chain)) {
            for (ObjectNode disk : disks(point)) {
                if (point.hasNonNull("mint")) {
                    left.put(
                            key(point.path("run").asText(), disk),
                            new Base(disk.path("changeId").asText(), point.get("mint")));
                }
            }
        }
        return left;
    }

    private static @Nullable Base parent(ObjectNode disk, Map<String, Base> left) {
        return left.get(key(disk.path("parentRun").asText(), disk));
    }

    private static String key(String run, ObjectNode disk) {
        return run + "/" + disk.path("disk").asText();
    }

    private static void shorten(ObjectNode point, Map<String, Base> left) {
        for (ObjectNode disk : disks(point)) {
            Base parent = parent(disk, left);
            boolean isTheirs = parent != null
                    && parent.changeId().equals(disk.path("baseChangeId").asText())
                    && parent.mint().equals(disk.path("baseMint"));
            if (isTheirs) {
                disk.remove(List.of("baseChangeId", "baseMint"));
            } else if (disk.hasNonNull("baseMint")) {
                disk.put("baseMint", PointWords.interval(disk.get("baseMint")));
            }
            if (!isTheirs
                    && parent == null
                    && disk.path("baseChangeId").asText().isEmpty()) {
                disk.remove("baseChangeId");
            }
            TEXTS.stream().filter(text -> disk.path(text).asText().isEmpty()).forEach(disk::remove);
        }
        if (point.hasNonNull("mint")) {
            JsonNode mint = point.get("mint");
            if (Objects.equals(mint.path("to").path("time"), point.path("at"))) {
                point.remove("at");
            }
            point.put("mint", PointWords.interval(mint));
        }
        point.put("through", PointWords.position(point.path("through")));
        if (TRUSTED.equals(point.path("reason").asText())) {
            point.remove("reason");
        }
    }

    private static void spellOut(ObjectNode point) {
        if (point.hasNonNull("mint")) {
            ObjectNode mint = PointWords.interval(point.get("mint").asText());
            point.set("mint", mint);
            if (!point.hasNonNull("at")) {
                point.set("at", mint.path("to").path("time"));
            }
        }
        point.set("through", PointWords.position(point.path("through").asText()));
        if (!point.hasNonNull("reason")) {
            point.put("reason", TRUSTED);
        }
        for (ObjectNode disk : disks(point)) {
            if (disk.hasNonNull("baseMint")) {
                disk.set("baseMint", PointWords.interval(disk.get("baseMint").asText()));
            }
        }
    }

    private static void build(ObjectNode disk, Map<String, Base> left) {
        Base parent = parent(disk, left);
        if (parent != null && !disk.hasNonNull("baseChangeId") && !disk.hasNonNull("baseMint")) {
            disk.put("baseChangeId", parent.changeId());
            disk.set("baseMint", parent.mint());
        }
    }

    private static Iterable<ObjectNode> points(JsonNode chain) {
        return StreamSupport.stream(chain.path("series").spliterator(), false)
                .flatMap(series -> StreamSupport.stream(series.path("points").spliterator(), false))
                .map(ObjectNode.class::cast)
                .toList();
    }

    private static Iterable<ObjectNode> disks(ObjectNode point) {
        return StreamSupport.stream(point.path("disks").spliterator(), false)
                .map(ObjectNode.class::cast)
                .toList();
    }
}
