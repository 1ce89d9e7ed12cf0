package io.cbtguard.http;

/** Renders all metrics. */
@FunctionalInterface
public interface Scrape {
    /**
     * @param accept the client's {@code Accept} header, empty if it sent none: OpenMetrics only when asked for
     */
    Page page(String accept);

    record Page(String contentType, String text) {}
}
