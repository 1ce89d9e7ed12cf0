/** The meters of the operator: state gauges that come and go with their objects, counters of findings and decisions, latencies. */
@org.jspecify.annotations.NullMarked
package io.cbtguard.metrics;
