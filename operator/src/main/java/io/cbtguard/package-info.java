/** The operator: options and the wiring of its rooms. */
@org.jspecify.annotations.NullMarked
package io.cbtguard;
