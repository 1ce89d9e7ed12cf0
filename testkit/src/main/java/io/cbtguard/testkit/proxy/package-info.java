/**
 * A proxy between the operator and its API server that numbers the operator's writes and, at the chosen one, lets the
 * operator die or its answer get lost: crash tests enumerate, they do not gamble.
 */
@org.jspecify.annotations.NullMarked
package io.cbtguard.testkit.proxy;
