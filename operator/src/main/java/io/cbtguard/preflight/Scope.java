package io.cbtguard.preflight;

import java.util.Set;

/**
 * What an operator is set to work with.
 *
 * @param namespace its own
 * @param vcenterNamespaces those whose VCenters it watches; never empty
 * @param electsLeader whether it needs a lease in its own namespace
 */
public record Scope(String namespace, Set<String> vcenterNamespaces, boolean electsLeader) {}
