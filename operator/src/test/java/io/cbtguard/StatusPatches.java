package io.cbtguard;

import io.cbtguard.api.v1alpha1.Kinds;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/** A client's patches of statuses: how they are answered, and what happens between judging one and sending it. */
final class StatusPatches implements Interceptor {
    private final String ours;
    private final Map<String, Integer> sent = new ConcurrentHashMap<>();
    private final Map<String, List<Answer>> answers = new ConcurrentHashMap<>();
    private int first;
    private BiConsumer<Class<? extends HasMetadata>, String> meanwhile = (kind, body) -> {};

    private record Answer(int code, long nanos) {}

    /** @param ours in the paths of the objects that count */
    StatusPatches(String ours) {
        this.ours = ours;
    }

    /** Has something happen before each of the first few patches of each object is sent; given are its kind and the patch. */
    void before(int patches, BiConsumer<Class<? extends HasMetadata>, String> happens) {
        first = patches;
        meanwhile = happens;
    }

    /** How the patches of the one object of this kind were answered, in their order. */
    List<Integer> answers(Class<? extends HasMetadata> kind) {
        return all(kind).stream().map(Answer::code).toList();
    }

    /** How long it took from one answer to the next. */
    List<Duration> pauses(Class<? extends HasMetadata> kind) {
        List<Answer> all = all(kind);
        return IntStream.range(1, all.size())
                .mapToObj(i ->
                        Duration.ofNanos(all.get(i).nanos() - all.get(i - 1).nanos()))
                .toList();
    }

    private List<Answer> all(Class<? extends HasMetadata> kind) {
        return answers.entrySet().stream()
                .filter(entry -> kind(entry.getKey()).equals(Optional.of(kind)))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(List.of());
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        String path = request.uri().getPath();
        if (isOurs(request) && sent.merge(path, 1, Integer::sum) <= first) {
            kind(path).ifPresent(kind -> meanwhile.accept(kind, Objects.requireNonNull(request.bodyString())));
        }
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        if (isOurs(request)) {
            answers.computeIfAbsent(request.uri().getPath(), any -> new CopyOnWriteArrayList<>())
                    .add(new Answer(response.code(), System.nanoTime()));
        }
    }

    private boolean isOurs(HttpRequest request) {
        String path = request.uri().getPath();
        return request.method().equals("PATCH") && path.endsWith("/status") && path.contains(ours);
    }

    private static Optional<Class<? extends HasMetadata>> kind(String path) {
        for (Class<? extends HasMetadata> kind : Kinds.ALL) {
            if (path.contains("/" + HasMetadata.getPlural(kind) + "/")) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
