package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.CBTAdvisory;
import io.cbtguard.judge.Advisory;
import io.cbtguard.testkit.process.Checkout;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The advisories that an installation gets with the chart, and what the operator makes of them: no test writes them by hand. */
public final class BundledAdvisories {
    private static final String FOLDER = "helm/cbtguard/files/advisories";

    private BundledAdvisories() {}

    /** As the judge has them in a cluster that holds these and no others. */
    public static List<Advisory> inForce() {
        return Advisories.inForce(objects());
    }

    /** As the chart has it. */
    public static CBTAdvisory object(String name) {
        return objects().stream()
                .filter(object -> object.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** As the chart has them. */
    public static List<CBTAdvisory> objects() {
        try (Stream<Path> files = Files.list(Checkout.root().resolve(FOLDER))) {
            return files.sorted().map(BundledAdvisories::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CBTAdvisory read(Path file) {
        try {
            return Serialization.unmarshal(Files.readString(file), CBTAdvisory.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
