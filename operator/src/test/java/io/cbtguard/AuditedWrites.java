package io.cbtguard;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The writes of some operators, in the order in which the API server's audit log tells of them; leases and reviews are none. */
final class AuditedWrites implements AutoCloseable {
    private static final String AGENT = "cbtguard/";
    private static final Set<String> VERBS = Set.of("create", "update", "patch", "delete", "deletecollection");
    private static final Set<String> GROUPS = Set.of("coordination.k8s.io", "authorization.k8s.io");

    private final AuditTail tail;
    private final String agents;
    private final List<Write> writes = new ArrayList<>();

    /**
     * One request that would change an object.
     *
     * @param holder who sent it, as the lease names him
     * @param object kind, namespace and name; a status is its object
     * @param received when the API server had it
     * @param done when it was answered
     * @param code of the answer
     */
    record Write(String holder, String object, Instant received, Instant done, int code) {
        boolean isAccepted() {
            return code >= 200 && code < 300;
        }
    }

    /**
     * @param holders what the names of all of them begin with
     */
    AuditedWrites(Path log, String holders) {
        tail = new AuditTail(log);
        agents = AGENT + holders;
    }

    /** All so far, by when they were answered. */
    synchronized List<Write> all() {
        for (String line : tail.more()) {
            if (line.contains(agents)) {
                add(parse(line));
            }
        }
        return List.copyOf(writes);
    }

    private void add(JsonNode event) {
        JsonNode object = event.path("objectRef");
        String agent = event.path("userAgent").asText();
        if (agent.startsWith(agents)
                && VERBS.contains(event.path("verb").asText())
                && !GROUPS.contains(object.path("apiGroup").asText())) {
            writes.add(new Write(
                    agent.substring(AGENT.length()),
                    object.path("resource").asText() + " "
                            + object.path("namespace").asText() + "/"
                            + object.path("name").asText(),
                    Instant.parse(event.path("requestReceivedTimestamp").asText()),
                    Instant.parse(event.path("stageTimestamp").asText()),
                    event.path("responseStatus").path("code").asInt()));
        }
    }

    private static JsonNode parse(String line) {
        try {
            return Serialization.jsonMapper().readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        tail.close();
    }
}
