/** Tests of what is said before the start. */
@org.jspecify.annotations.NullMarked
package io.cbtguard.preflight;
