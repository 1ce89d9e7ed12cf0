/** Probes and the scrape endpoint. Knows nothing of what is measured or why something is ready. */
@org.jspecify.annotations.NullMarked
package io.cbtguard.http;
