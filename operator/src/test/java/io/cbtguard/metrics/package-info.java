/** Tests of the probes and the scrape endpoint. */
@org.jspecify.annotations.NullMarked
package io.cbtguard.metrics;
