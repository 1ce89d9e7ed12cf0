package io.cbtguard.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cbtguard.chart.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** An image as {@code docker save} and Jib write it. */
final class ImageTar {
    private final Path folder;
    private final JsonNode manifest;
    private final JsonNode config;

    private ImageTar(Path folder) throws IOException {
        this.folder = folder;
        ObjectMapper json = new ObjectMapper();
        manifest = json.readTree(folder.resolve("manifest.json").toFile()).get(0);
        config = json.readTree(folder.resolve(manifest.get("Config").asText()).toFile());
    }

    /** @param folder to be made, for what is in the tar */
    static ImageTar open(Path tar, Path folder) throws IOException {
        Files.createDirectories(folder);
        Tool.run(List.of("tar", "-xf", tar.toString(), "-C", folder.toString())).orFail();
        return new ImageTar(folder);
    }

    /** Compressed, in bytes. */
    long size() throws IOException {
        long size = 0;
        for (String layer : layers()) {
            size += Files.size(folder.resolve(layer));
        }
        return size;
    }

    private List<String> layers() {
        return texts(manifest.get("Layers"));
    }

    /** Digests of what is in the layers, by number and kind, such as {@code 0 dependencies}. */
    Map<String, String> digests() {
        List<String> ids = texts(config.at("/rootfs/diff_ids"));
        Map<String, String> digests = new TreeMap<>();
        IntStream.range(0, ids.size())
                .forEach(i -> digests.put(
                        i + " " + config.at("/history/" + i + "/comment").asText(), ids.get(i)));
        return digests;
    }

    String user() {
        return config.at("/config/User").asText();
    }

    List<String> entrypoint() {
        return texts(config.at("/config/Entrypoint"));
    }

    boolean hasCommand() {
        return !config.at("/config/Cmd").isMissingNode();
    }

    List<String> environment() {
        return texts(config.at("/config/Env"));
    }

    List<String> ports() {
        return config.at("/config/ExposedPorts").properties().stream()
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Unpacks the layers over each other; the folder is made. */
    void unpack(Path root) throws IOException {
        Files.createDirectories(root);
        for (String layer : layers()) {
            Tool.run(List.of(
                            "tar",
                            "--warning=no-unknown-keyword",
                            "-xzpf",
                            folder.resolve(layer).toString(),
                            "-C",
                            root.toString()))
                    .orFail();
        }
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
