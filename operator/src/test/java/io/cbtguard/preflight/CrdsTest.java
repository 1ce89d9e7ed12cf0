package io.cbtguard.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

/** A CRD is old if it lacks what this version has; what it has beside that is of no interest. */
class CrdsTest {
    private static final JsonNode OURS = yaml("""
            properties:
              spec:
                properties:
                  rpo: {type: string}
                  disks: {type: array, items: {properties: {key: {type: integer}}}}
                  byName: {type: object, additionalProperties: {properties: {id: {type: string}}}}
                  mode: {type: string, enum: [Strict, Lenient]}
            """);

    @Test
    void theSameLacksNothing() {
        assertThat(Crds.lacking(OURS, OURS.deepCopy())).isEmpty();
    }

    @Test
    void aNewerOneLacksNothing() {
        assertThat(Crds.lacking(OURS, yaml("""
                        properties:
                          spec:
                            properties:
                              rpo: {type: string}
                              rto: {type: string}
                              disks: {type: array, items: {properties: {key: {type: integer}, bus: {type: string}}}}
                              byName: {type: object, additionalProperties: {properties: {id: {type: string}}}}
                              mode: {type: string, enum: [Strict, Lenient, Off]}
                          status: {type: object}
                        """))).isEmpty();
    }

    @Test
    void whatAnOlderOneLacksIsNamedByItsPath() {
        assertThat(Crds.lacking(OURS, yaml("""
                        properties:
                          spec:
                            properties:
                              disks: {type: array, items: {properties: {bus: {type: string}}}}
                              byName: {type: object, additionalProperties: {properties: {}}}
                              mode: {type: string, enum: [Strict]}
                        """)))
                .containsExactly("spec.rpo", "spec.disks[].key", "spec.byName{}.id", "spec.mode=Lenient");
    }

    private static JsonNode yaml(String text) {
        try {
            return Serialization.yamlMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
