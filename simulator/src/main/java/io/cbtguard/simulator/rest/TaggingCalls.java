package io.cbtguard.simulator.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.cbtguard.simulator.core.MoRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The calls of tagging: by method, path and action. */
final class TaggingCalls {
    private final Tagging tagging;

    TaggingCalls(Tagging tagging) {
        this.tagging = tagging;
    }

    /**
     * @param path from {@code /tagging} on
     * @param action of the query, empty for none
     */
    record Call(String method, String path, String action, JsonNode body, String user) {
        boolean creates() {
            return method.equals("POST") && action.isEmpty();
        }

        /** What follows the kind in the path, or null. */
        @Nullable String id() {
            int at = path.indexOf('/', "/tagging/".length());
            return at < 0 ? null : path.substring(at + 1).replaceFirst("^id:", "");
        }

        String kind() {
            if (!path.startsWith("/tagging/")) {
                throw new NoSuchElementException(path);
            }
            return path.substring("/tagging/".length()).replaceFirst("/.*", "");
        }

        String required() {
            String id = id();
            if (id == null) {
                throw new NoSuchElementException(path);
            }
            return id;
        }
    }

    @Nullable Object answer(Call call) {
        return switch (call.kind()) {
            case "category" -> category(call);
            case "tag" -> tag(call);
            case "tag-association" -> association(call);
            default -> throw new NoSuchElementException(call.path());
        };
    }

    private @Nullable Object category(Call call) {
        if (call.creates()) {
            List<String> types = new ArrayList<>();
            call.body().path("associable_types").forEach(type -> types.add(type.asText()));
            return tagging.createCategory(
                    text(call.body(), "name"),
                    call.body().path("description").asText(""),
                    call.body().path("cardinality").asText("MULTIPLE"),
                    types);
        }
        if (call.method().equals("DELETE")) {
            tagging.deleteCategory(call.required());
            return null;
        }
        if (call.id() == null) {
            return tagging.categories();
        }
        Tagging.Category category = tagging.category(call.required());
        return Map.of(
                "id", category.id(),
                "name", category.name(),
                "description", category.description(),
                "cardinality", category.cardinality(),
                "associable_types", category.types(),
                "used_by", List.of());
    }

    private @Nullable Object tag(Call call) {
        if (call.action().equals("list-tags-for-category")) {
            String category = call.id() == null ? text(call.body(), "category_id") : call.required();
            tagging.category(category);
            return tagging.in(category).stream().map(Tagging.Label::id).toList();
        }
        if (call.creates()) {
            return tagging.createTag(
                    text(call.body(), "name"),
                    call.body().path("description").asText(""),
                    text(call.body(), "category_id"));
        }
        if (call.method().equals("DELETE")) {
            tagging.deleteTag(call.required());
            return null;
        }
        if (call.id() == null) {
            return tagging.tags();
        }
        Tagging.Label tag = tagging.tag(call.required());
        return Map.of(
                "id", tag.id(),
                "name", tag.name(),
                "description", tag.description(),
                "category_id", tag.category(),
                "used_by", List.of());
    }

    private @Nullable Object association(Call call) {
        switch (call.action()) {
            case "attach" -> {
                tagging.attach(call.required(), object(call.body().path("object_id")), call.user());
                return null;
            }
            case "detach" -> {
                tagging.detach(call.required(), object(call.body().path("object_id")), call.user());
                return null;
            }
            case "list-attached-tags" -> {
                return tagging.on(object(call.body().path("object_id")));
            }
            case "list-attached-objects" -> {
                return tagging.with(call.required()).stream()
                        .map(TaggingCalls::id)
                        .toList();
            }
            case "list-attached-objects-on-tags" -> {
                List<Object> all = new ArrayList<>();
                call.body()
                        .path("tag_ids")
                        .forEach(tag -> all.add(Map.of(
                                "tag_id",
                                tag.asText(),
                                "object_ids",
                                tagging.with(tag.asText()).stream()
                                        .map(TaggingCalls::id)
                                        .toList())));
                return all;
            }
            case "list-attached-tags-on-objects" -> {
                List<Object> all = new ArrayList<>();
                call.body().path("object_ids").forEach(node -> {
                    MoRef object = object(node);
                    List<String> on = tagging.on(object);
                    if (!on.isEmpty()) {
                        all.add(Map.of("object_id", id(object), "tag_ids", on));
                    }
                });
                return all;
            }
            default -> throw new NoSuchElementException(call.path() + "?action=" + call.action());
        }
    }

    private static Map<String, String> id(MoRef object) {
        return Map.of("id", object.value(), "type", object.type());
    }

    private static MoRef object(JsonNode node) {
        return new MoRef(text(node, "type"), text(node, "id"));
    }

    private static String text(JsonNode body, String field) {
        if (!body.path(field).isTextual()) {
            throw new IllegalArgumentException("the body lacks \"" + field + "\"");
        }
        return body.path(field).asText();
    }
}
