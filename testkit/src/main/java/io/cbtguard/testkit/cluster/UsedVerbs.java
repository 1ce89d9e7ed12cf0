package io.cbtguard.testkit.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What operators asked of an API server and were allowed, by its audit log: put down before the log goes with its control plane,
 * so that the roles can be compared with it when all tests have run.
 */
final class UsedVerbs {
    /** Environment variable: the folder to put it into; nothing is put down without it. */
    static final String FOLDER = "CBTGUARD_USED_VERBS";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ACCOUNTS = "system:serviceaccount:";
    private static final String OPERATOR = "-operator";
    private static final int FORBIDDEN = 403;

    private UsedVerbs() {}

    /** Writes a line {@code verb group/resource[/subresource]} for each, if somebody wants it. */
    static void putDown(Path controlPlane) throws IOException {
        String folder = System.getenv(FOLDER);
        if (folder == null) {
            return;
        }
        Set<String> used = new TreeSet<>();
        try (Stream<Path> files = Files.list(controlPlane)) {
            for (Path log : files.filter(UsedVerbs::isAuditLog).toList()) {
                read(log, used);
            }
        }
        Files.createDirectories(Path.of(folder));
        Files.write(Path.of(folder, UUID.randomUUID() + ".txt"), used);
    }

    /** Leaves word that tests run on a cluster whose audit log nobody will read. */
    static void cannotTell(TestCluster cluster) {
        String folder = System.getenv(FOLDER);
        if (folder == null) {
            return;
        }
        try {
            Files.createDirectories(Path.of(folder));
            Files.writeString(Path.of(folder, UUID.randomUUID() + ".unseen"), cluster.name() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The log in use, and those that the API server put aside. */
    private static boolean isAuditLog(Path file) {
        return file.getFileName().toString().matches("audit.*\\.log");
    }

    private static void read(Path log, Set<String> used) throws IOException {
        Set<String> known = new HashSet<>();
        try (BufferedReader lines = Files.newBufferedReader(log)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                // A JVM that ends has not the time to parse hundreds of thousands of lines that say the same.
                if (line.contains(OPERATOR + '"') && line.endsWith("}") && !known.contains(gist(line))) {
                    if (add(JSON.readTree(line), used)) {
                        known.add(gist(line));
                    }
                }
            }
        }
    }

    private static String gist(String line) {
        return Stream.of("\"verb\":", "\"resource\":", "\"subresource\":", "\"apiGroup\":")
                .map(name -> {
                    int begin = line.indexOf(name);
                    return begin < 0 ? "" : line.substring(begin, Math.max(begin, line.indexOf(',', begin)));
                })
                .collect(Collectors.joining());
    }

    /** Whether it is one. */
    private static boolean add(JsonNode event, Set<String> used) {
        String user = event.at("/user/username").asText();
        JsonNode object = event.path("objectRef");
        if (!user.startsWith(ACCOUNTS)
                || !user.endsWith(OPERATOR)
                || object.isMissingNode()
                || event.at("/responseStatus/code").asInt() == FORBIDDEN) {
            return false;
        }
        String resource = Stream.of(object.path("resource"), object.path("subresource"))
                .filter(part -> !part.isMissingNode())
                .map(JsonNode::asText)
                .collect(Collectors.joining("/"));
        used.add(event.path("verb").asText() + " " + object.path("apiGroup").asText("core") + "/" + resource);
        return true;
    }
}
