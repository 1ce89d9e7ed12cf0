package io.cbtguard.testkit.demo;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Requests about this project's objects that the API server has counted since it started, whoever sent them.
 *
 * @param counts by verb and resource, such as {@code APPLY protectedvms/status}
 */
record ServedRequests(Map<String, Long> counts) {
    private static final Pattern VERB = Pattern.compile("[{,]verb=\"([^\"]*)\"");
    private static final Pattern RESOURCE = Pattern.compile("[{,]resource=\"([^\"]*)\"");
    private static final Pattern SUBRESOURCE = Pattern.compile("[{,]subresource=\"([^\"]*)\"");
    private static final Set<String> READS = Set.of("GET", "LIST", "WATCH");

    static ServedRequests now(Kubectl kubectl) {
        var counts = new TreeMap<String, Long>();
        kubectl.run("get", "--raw", "/metrics")
                .lines()
                .filter(line -> line.startsWith("apiserver_request_total{") && line.contains("cbtguard.io"))
                .forEach(line -> {
                    var verb = VERB.matcher(line);
                    var resource = RESOURCE.matcher(line);
                    var part = SUBRESOURCE.matcher(line);
                    if (verb.find() && resource.find() && part.find()) {
                        String what = verb.group(1) + " " + resource.group(1)
                                + (part.group(1).isEmpty() ? "" : "/" + part.group(1));
                        long count = (long) Double.parseDouble(line.substring(line.lastIndexOf(' ')));
                        counts.merge(what, count, Long::sum);
                    }
                });
        return new ServedRequests(counts);
    }

    ServedRequests since(ServedRequests before) {
        var more = new TreeMap<String, Long>();
        counts.forEach((what, count) -> more.put(what, count - before.counts.getOrDefault(what, 0L)));
        return new ServedRequests(more);
    }

    ServedRequests writes() {
        var writes = new TreeMap<>(counts);
        writes.keySet().removeIf(what -> READS.contains(what.substring(0, what.indexOf(' '))));
        return new ServedRequests(writes);
    }

    /** Those that occurred at least so often. */
    String text(long least) {
        String text = counts.entrySet().stream()
                .filter(e -> e.getValue() >= least)
                .map(e -> "%,d %s".formatted(e.getValue(), e.getKey()))
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? "none" : text;
    }
}
