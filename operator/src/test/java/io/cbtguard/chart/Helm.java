package io.cbtguard.chart;

import com.fasterxml.jackson.databind.JsonNode;
import io.cbtguard.testkit.process.Checkout;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Helm and the chart of the checkout. */
public final class Helm {
    static final String RELEASE = "cbtguard";
    static final String NAMESPACE = "cbtguard-system";

    private Helm() {}

    static String chart() {
        return Checkout.root().resolve("helm/cbtguard").toString();
    }

    static String version(String chart) {
        return Serialization.unmarshal(run("show", "chart", chart).orFail(), JsonNode.class)
                .path("version")
                .asText();
    }

    static Tool.Result run(String... arguments) {
        var command = new ArrayList<String>();
        command.add(Checkout.tool("helm").toString());
        command.addAll(List.of(arguments));
        return Tool.run(command);
    }

    /** What it would install, or why not. */
    static Tool.Result template(String release, String namespace, String... more) {
        var arguments = new ArrayList<>(List.of("template", release, chart(), "--namespace", namespace));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    /** The objects it would install with these values, as {@code name=value}. */
    public static List<HasMetadata> objects(String... values) {
        String[] sets =
                Stream.of(values).flatMap(value -> Stream.of("--set", value)).toArray(String[]::new);
        return parse(template(
                        RELEASE,
                        NAMESPACE,
                        Stream.concat(Stream.of("--skip-tests"), Stream.of(sets))
                                .toArray(String[]::new))
                .orFail());
    }

    /** The pod of {@code helm test}. */
    public static Pod testPod(String... values) {
        String[] arguments = Stream.concat(
                        Stream.of("-s", "templates/tests/check.yaml"),
                        Stream.of(values).flatMap(value -> Stream.of("--set", value)))
                .toArray(String[]::new);
        return one(parse(template(RELEASE, NAMESPACE, arguments).orFail()), "Pod", Pod.class);
    }

    static List<HasMetadata> parse(String yaml) {
        return Stream.of(yaml.split("(?m)^---$"))
                .filter(document -> document.lines().anyMatch(line -> !line.isBlank() && !line.startsWith("#")))
                .map(document -> (HasMetadata) Serialization.unmarshal(document, GenericKubernetesResource.class))
                .toList();
    }

    /** The one object of a kind, as its own class. */
    public static <T> T one(List<HasMetadata> objects, String kind, Class<T> type) {
        var found =
                objects.stream().filter(object -> object.getKind().equals(kind)).toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " objects of kind " + kind);
        }
        return Serialization.unmarshal(Serialization.asYaml(found.get(0)), type);
    }
}
