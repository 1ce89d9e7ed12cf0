package io.cbtguard.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Guards the checked-in CRDs against the model they are made from; with {@code -Dcrds.write=true} it writes them. */
class CrdYamlTest {
    static final String REGENERATE = "mvn -q -pl crds test -Dtest=CrdYamlTest -Dcrds.write=true";

    private static final Path GENERATED = Path.of("generated");

    @Test
    void theCheckedInCrdsAreWhatTheModelSays() throws IOException {
        var fromModel = CrdYaml.generate();
        if (Boolean.getBoolean("crds.write")) {
            write(fromModel);
        }

        var checkedIn = checkedIn();
        assertThat(checkedIn.keySet())
                .as("files in crds/generated; to mend it run: %s", REGENERATE)
                .isEqualTo(fromModel.keySet());
        fromModel.forEach((file, yaml) -> assertThat(checkedIn.get(file))
                .as("crds/generated/%s is not what the Java model says; to mend it run: %s", file, REGENERATE)
                .isEqualTo(yaml));
    }

    private static void write(Map<String, String> files) throws IOException {
        Files.createDirectories(GENERATED);
        for (String old : checkedIn().keySet()) {
            Files.delete(GENERATED.resolve(old));
        }
        for (var file : files.entrySet()) {
            Files.writeString(GENERATED.resolve(file.getKey()), file.getValue());
        }
    }

    private static SortedMap<String, String> checkedIn() throws IOException {
        var files = new TreeMap<String, String>();
        try (var paths = Files.newDirectoryStream(GENERATED)) {
            for (Path path : paths) {
                files.put(path.getFileName().toString(), Files.readString(path));
            }
        }
        return files;
    }
}
