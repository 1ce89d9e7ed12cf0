package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Adds to a generated CRD what the generator's annotations cannot say, by rules that hold for every field alike. */
final class SchemaRules {
    private SchemaRules() {}

    static CustomResourceDefinition apply(CustomResourceDefinition crd, Class<? extends HasMetadata> kind) {
        var version = crd.getSpec().getVersions().get(0);
        // The generator sorts columns by path; people read them in the order in which the model names them.
        version.setAdditionalPrinterColumns(columns(kind));
        JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
        root.setDescription(kind.getAnnotation(JsonClassDescription.class).value());
        if (kind == VMRecord.class) {
            // Plain data, as an EndpointSlice; the base class brings an empty spec and status.
            root.getProperties().keySet().removeAll(List.of("spec", "status"));
        }
        describe(root, "spec", "What is wanted.");
        describe(root, "status", "What the operator found; written by the operator only.");
        if (kind == VMRecord.class) {
            keepUnknown(root);
        } else {
            root.setRequired(List.of("spec"));
            var spec = field(root, "spec");
            if (spec.getRequired().isEmpty()) {
                // Nothing has to be said, so an object without a spec means all the defaults.
                spec.setDefault(JsonNodeFactory.instance.objectNode());
            }
        }
        walk(null, root);
        return crd;
    }

    private static List<CustomResourceColumnDefinition> columns(Class<?> kind) {
        return Arrays.stream(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(column -> new CustomResourceColumnDefinitionBuilder()
                        .withName(column.name())
                        .withType(column.type().getValue())
                        .withJsonPath(column.jsonPath())
                        .withPriority(column.priority() == 0 ? null : column.priority())
                        .build())
                .toList();
    }

    private static void describe(JSONSchemaProps root, String property, String text) {
        JSONSchemaProps schema = root.getProperties().get(property);
        if (schema != null) {
            schema.setDescription(text);
        }
    }

    private static void walk(@Nullable String name, JSONSchemaProps schema) {
        if ("conditions".equals(name)) {
            asConditions(schema);
            return;
        }
        if ("selector".equals(name)) {
            asLabelSelector(schema);
        }
        if (name != null && "object".equals(schema.getType()) && (name.endsWith("Ref") || name.equals("selector"))) {
            // Half of one owner's reference and half of another's names nothing.
            schema.setXKubernetesMapType("atomic");
        }
        if (schema.getXKubernetesValidations() != null) {
            // The generator finds a rule of a record's component twice: on the field and on the accessor.
            schema.setXKubernetesValidations(
                    schema.getXKubernetesValidations().stream().distinct().toList());
        }
        if ("integer".equals(schema.getType())) {
            schema.setFormat("int64");
        }
        boolean isGivenTime = Formats.GIVEN_TIME.equals(schema.getPattern());
        if (isGivenTime || Formats.TIME.equals(schema.getPattern())) {
            schema.setPattern(isGivenTime ? Formats.GIVEN_TIME : null);
            schema.setFormat("date-time");
            schema.setMaxLength(64L);
        }
        if ("array".equals(schema.getType())) {
            schema.setXKubernetesListType("atomic");
            walk(null, schema.getItems().getSchema());
        }
        if (schema.getProperties() != null) {
            schema.getProperties().forEach(SchemaRules::walk);
        }
    }

    /** A record is the truth: a CRD older than the operator, as Helm leaves them behind, must not prune what it writes. */
    private static void keepUnknown(JSONSchemaProps schema) {
        if (schema.getItems() != null) {
            keepUnknown(schema.getItems().getSchema());
        }
        if ("object".equals(schema.getType())) {
            schema.setXKubernetesPreserveUnknownFields(true);
            schema.getProperties().values().forEach(SchemaRules::keepUnknown);
        }
    }

    /** metav1.Condition, word for word as other controllers' CRDs have it. */
    private static void asConditions(JSONSchemaProps schema) {
        schema.setXKubernetesListType("map");
        schema.setXKubernetesListMapKeys(new ArrayList<>(List.of("type")));
        JSONSchemaProps item = schema.getItems().getSchema();
        item.setRequired(List.of("lastTransitionTime", "message", "reason", "status", "type"));
        JSONSchemaProps time = field(item, "lastTransitionTime");
        time.setDescription("When the condition last went from one status to another.");
        time.setFormat("date-time");
        JSONSchemaProps message = field(item, "message");
        message.setDescription("What people should know, and what to do.");
        message.setMaxLength(32768L);
        JSONSchemaProps generation = field(item, "observedGeneration");
        generation.setDescription("The metadata.generation that the condition speaks of.");
        generation.setFormat("int64");
        generation.setMinimum(0.0);
        JSONSchemaProps reason = field(item, "reason");
        reason.setDescription("Why, in one word, for programs.");
        reason.setPattern(Formats.REASON);
        reason.setMinLength(1L);
        reason.setMaxLength(1024L);
        JSONSchemaProps status = field(item, "status");
        status.setDescription("True, False or Unknown.");
        status.setEnum(List.of(new TextNode("True"), new TextNode("False"), new TextNode("Unknown")));
        JSONSchemaProps type = field(item, "type");
        type.setDescription("What the condition is about.");
        type.setMaxLength(316L);
    }

    private static void asLabelSelector(JSONSchemaProps schema) {
        JSONSchemaProps expressions = field(schema, "matchExpressions");
        expressions.setDescription("Requirements on labels; all must hold.");
        expressions.setMaxItems(32L);
        JSONSchemaProps expression = expressions.getItems().getSchema();
        expression.setRequired(List.of("key", "operator"));
        field(expression, "key").setDescription("Key of the label.");
        field(expression, "operator").setDescription("In, NotIn, Exists or DoesNotExist.");
        field(expression, "values").setDescription("Values for In and NotIn.");
        field(schema, "matchLabels").setDescription("Labels with their values; all must be there.");
    }

    private static JSONSchemaProps field(JSONSchemaProps schema, String name) {
        return Objects.requireNonNull(schema.getProperties().get(name), name);
    }
}
