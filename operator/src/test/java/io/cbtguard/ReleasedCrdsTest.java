package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the last release stored can be read: no field is gone or of another type, and no word of an enum. Patterns and limits may be narrower: the API server asks for them where a value changes. */
class ReleasedCrdsTest {
    private static final Path RELEASED = Path.of("src/test/charts/0.1.0/cbtguard/crds");
    private static final Path PRESENT = Path.of("../crds/generated");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    static List<String> released() throws IOException {
        try (Stream<Path> files = Files.list(RELEASED)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("released")
    void no_field_of_the_last_release_is_gone_or_of_another_type_and_no_enum_is_narrower(String file)
            throws IOException {
        List<String> broken = new ArrayList<>();
        compare("", schema(RELEASED.resolve(file)), schema(PRESENT.resolve(file)), broken);
        assertThat(broken).as(file).isEmpty();
    }

    @Test
    void the_comparison_notices_each_of_them() throws IOException {
        JsonNode old = YAML.readTree("""
                properties:
                  gone: {type: string}
                  turned: {type: string}
                  list: {type: array, items: {type: object, properties: {word: {type: string, enum: [a, b]}}}}
                """);
        JsonNode now = YAML.readTree("""
                properties:
                  turned: {type: integer}
                  list: {type: array, items: {type: object, properties: {word: {type: string, enum: [b, c]}}}}
                """);
        List<String> broken = new ArrayList<>();
        compare("", old, now, broken);
        assertThat(broken)
                .containsExactlyInAnyOrder(".gone is gone", ".turned was string and is integer", ".list[].word lost a");
    }

    private static JsonNode schema(Path file) throws IOException {
        return YAML.readTree(Files.readString(file))
                .path("spec")
                .path("versions")
                .path(0)
                .path("schema")
                .path("openAPIV3Schema");
    }

    private static void compare(String path, JsonNode old, JsonNode now, List<String> broken) {
        if (now.isMissingNode()) {
            broken.add(path + " is gone");
            return;
        }
        if (!old.path("type").equals(now.path("type"))) {
            broken.add(path + " was " + old.path("type").asText() + " and is "
                    + now.path("type").asText());
        }
        for (JsonNode word : old.path("enum")) {
            boolean stays = now.path("enum").isMissingNode()
                    || Stream.iterate(0, i -> i < now.path("enum").size(), i -> i + 1)
                            .anyMatch(i -> now.path("enum").path(i).equals(word));
            if (!stays) {
                broken.add(path + " lost " + word.asText());
            }
        }
        JsonNode fields = old.has("properties") ? old.get("properties") : JsonNodeFactory.instance.objectNode();
        fields.fieldNames()
                .forEachRemaining(name -> compare(
                        path + "." + name,
                        fields.get(name),
                        now.path("properties").path(name),
                        broken));
        if (old.has("items")) {
            compare(path + "[]", old.get("items"), now.path("items"), broken);
        }
    }
}
