package io.cbtguard.model;

import org.jspecify.annotations.Nullable;

/**
 * Something that really happened to the VM and makes change IDs from before it untrustworthy.
 *
 * @param moment in the order in which things really happened
 * @param told what history says of it; null if only state shows it, or nothing does
 */
record Cause(long moment, @Nullable Entry told) {}
