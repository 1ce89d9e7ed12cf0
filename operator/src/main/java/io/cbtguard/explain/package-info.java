/**
 * Tells in words what is known of a VM and what follows from it, and what would follow if something happened. Pure: it asks the judge
 * and writes nothing.
 */
@org.jspecify.annotations.NullMarked
package io.cbtguard.explain;
