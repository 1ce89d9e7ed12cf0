package io.cbtguard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.VMBackup;
import io.cbtguard.api.v1alpha1.VMRecord;
import io.cbtguard.simulator.event.PostedEvent;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a played story leaves in the cluster: the records, and the statuses of ProtectedVMs and VMBackups, as text in which
 * only what no two runs share is replaced; everything else has to be the same.
 *
 * <ul>
 *   <li>Uids and tokens become the names of what has them, times a word; what counts writes is left out.
 *   <li>An event becomes its ordinal among those that are not about sessions, as each start of the operator makes some.
 *   <li>A position says up to where something was known, and properties may come before or after the last events of what
 *       changed them: it becomes the step of the story that its event lies in.
 *   <li>Where a snapshot was found to be gone becomes a word: whoever was down finds it later.
 * </ul>
 */
final class StoryEnd {
    private static final String TIME = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z";
    /** A position within an identifier: epoch, event key, time. */
    private static final Pattern POSITION = Pattern.compile("(@\\d+:)(\\d+)(?=:<time>)");
    /** A position that is one word: event key, time. */
    private static final Pattern WORD = Pattern.compile("()(\\d+)(?=@<time>)");

    private static final int ALL = Integer.MAX_VALUE;

    private final Crowd crowd;
    private final Map<String, String> names = new LinkedHashMap<>();
    private final TreeSet<Integer> told = new TreeSet<>();

    private final NavigableMap<Integer, StoryStep> steps;

    private StoryEnd(Crowd crowd, NavigableMap<Integer, StoryStep> steps) {
        this.crowd = crowd;
        this.steps = steps;
    }

    /**
     * @param steps of the story that brought events, by the key of the last one
     */
    static String of(Crowd crowd, NavigableMap<Integer, StoryStep> steps) {
        return new StoryEnd(crowd, steps).text();
    }

    private String text() {
        for (PostedEvent event : crowd.simulator.newestEvents(ALL)) {
            if (!event.type().contains("Session") && !event.type().contains("UserLog")) {
                told.add(event.key());
            }
        }
        List<HasMetadata> objects = new ArrayList<>();
        objects.addAll(all(VMRecord.class, crowd.bed.own));
        objects.addAll(all(ProtectedVM.class, crowd.bed.shop));
        objects.addAll(all(VMBackup.class, crowd.bed.shop));
        for (HasMetadata object : objects) {
            name(object);
        }
        for (String namespace : List.of(crowd.bed.own, crowd.bed.shop)) {
            name(crowd.bed.admin.namespaces().withName(namespace).get());
        }
        crowd.first().vcenter().ifPresent(this::name);
        names.put(crowd.bed.shop, "<shop>");
        names.put(crowd.bed.own, "<own>");
        names.put(crowd.suffix, "");
        StringBuilder text = new StringBuilder();
        for (HasMetadata object : objects) {
            text.append(Serialization.asYaml(plain(object)));
        }
        return text.toString();
    }

    private <T extends HasMetadata> List<T> all(Class<T> kind, String namespace) {
        return crowd.bed.admin.resources(kind).inNamespace(namespace).list().getItems().stream()
                .sorted(Comparator.comparing(object -> object.getMetadata().getName()))
                .toList();
    }

    private void name(HasMetadata object) {
        var metadata = object.getMetadata();
        names.put(metadata.getUid(), "<uid of " + object.getKind() + " " + metadata.getName() + ">");
        if (object instanceof VMBackup backup
                && backup.getStatus() != null
                && backup.getStatus().decision() != null
                && backup.getStatus().decision().token() != null) {
            names.put(backup.getStatus().decision().token(), "<token of " + metadata.getName() + ">");
        }
    }

    private JsonNode plain(HasMetadata object) {
        ObjectNode json = Serialization.jsonMapper().valueToTree(object);
        json.putObject("metadata").put("name", object.getMetadata().getName());
        if (object instanceof VMRecord record) {
            // How many writes it took is not the same; that the operator's were the only ones is.
            json.put(
                    "generation", record.getGeneration() == record.getMetadata().getGeneration() ? "own" : "foreign");
        }
        return plain(json);
    }

    private JsonNode plain(JsonNode node) {
        switch (node) {
            case ObjectNode object -> {
                if (object.has("epoch") && object.hasNonNull("key")) {
                    object.put("key", step(object.get("key").asInt()));
                }
                if (object.hasNonNull("eventKey")) {
                    object.put("eventKey", ordinal(object.get("eventKey").asInt()));
                }
                if (object.hasNonNull("goneAt")) {
                    object.put("goneAt", "<gone>");
                }
                object.properties().forEach(field -> field.setValue(plain(field.getValue())));
            }
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, plain(array.get(i)));
                }
            }
            case TextNode text -> {
                return new TextNode(plain(text.asText()));
            }
            default -> {}
        }
        return node;
    }

    private String plain(String text) {
        String plain = text.replaceAll(TIME, "<time>");
        for (Pattern position : List.of(POSITION, WORD)) {
            plain = position.matcher(plain)
                    .replaceAll(found -> found.group(1) + step(Integer.parseInt(found.group(2))));
        }
        for (var name : names.entrySet()) {
            plain = plain.replace(name.getKey(), name.getValue());
        }
        return plain;
    }

    private String step(int key) {
        Integer event = told.floor(key);
        var step = event == null ? null : steps.ceilingEntry(event);
        return event == null ? "<before>" : "<" + (step == null ? "later" : step.getValue()) + ">";
    }

    private String ordinal(int key) {
        return "<event " + told.headSet(key, true).size() + ">";
    }
}
