package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The CRD YAML as the model's annotations and {@link SchemaRules} say it, by file name. */
final class CrdYaml {
    private static final String HEADER =
            "# Made from the Java model in crds/src/main/java. Do not edit: change the model" + " and run\n#   "
                    + CrdYamlTest.REGENERATE + "\n";

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER, YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES, YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();

    /** With a CRD all its objects go, records too: no tool that installs things may delete one because it installed it. */
    private static final Map<String, String> KEPT =
            Map.of("argocd.argoproj.io/sync-options", "Prune=false,Delete=false", "helm.sh/resource-policy", "keep");

    private CrdYaml() {}

    static SortedMap<String, String> generate() {
        var files = new TreeMap<String, String>();
        for (Class<? extends HasMetadata> kind : Kinds.ALL) {
            var crd = SchemaRules.apply(definition(kind), kind);
            crd.getMetadata().setAnnotations(new TreeMap<>(KEPT));
            // The name under which test extensions of fabric8 and the operator framework look for it on the class path.
            files.put(crd.getMetadata().getName() + "-v1.yml", HEADER + yaml(crd));
        }
        return files;
    }

    private static CustomResourceDefinition definition(Class<? extends HasMetadata> kind) {
        var found = new CustomResourceDefinition[1];
        new CRDGenerator()
                .customResourceClasses(List.of(kind))
                .forCRDVersions("v1")
                .withPostProcessor(new CRDPostProcessor() {
                    @Override
                    public HasMetadata process(HasMetadata crd, String version) {
                        found[0] = (CustomResourceDefinition) crd;
                        return crd;
                    }
                })
                .withOutput(new Nowhere())
                .generate();
        return found[0];
    }

    private static String yaml(CustomResourceDefinition crd) {
        try {
            return YAML.writeValueAsString(crd);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The generator insists on writing; the post-processor has already seen what is wanted. */
    private static final class Nowhere implements CRDGenerator.CRDOutput<OutputStream> {
        @Override
        public OutputStream outputFor(String crdName) {
            return OutputStream.nullOutputStream();
        }

        @Override
        public URI crdURI(String crdName) {
            return URI.create("file:///" + crdName);
        }

        @Override
        public void close() throws IOException {}
    }
}
