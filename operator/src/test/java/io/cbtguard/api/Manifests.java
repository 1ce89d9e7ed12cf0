package io.cbtguard.api;

import io.cbtguard.testkit.process.Checkout;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** YAML of the checkout, with its namespaces and cluster-wide names made a test's own. */
final class Manifests {
    private Manifests() {}

    static List<Path> files(String folder) {
        try (Stream<Path> paths = Files.walk(Checkout.root().resolve(folder))) {
            return paths.filter(path -> path.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The objects of all files in a folder, in the order of names. */
    static List<HasMetadata> objects(String folder, UnaryOperator<String> renaming) {
        return files(folder).stream()
                .flatMap(file -> Stream.of(text(file).split("(?m)^---$")))
                .map(renaming)
                .map(yaml -> (HasMetadata) Serialization.unmarshal(yaml, GenericKubernetesResource.class))
                .toList();
    }

    /** Puts a test's namespace in place of the operator's, and cluster-wide names of its own. */
    static UnaryOperator<String> installedIn(String namespace) {
        return yaml -> yaml.replace("cbtguard-system", namespace)
                .replaceAll("cbtguard-(operator|view|edit|admin|records|statuses)", namespace + "-$1");
    }
}
