/** The operator as a whole on a real API server. */
@org.jspecify.annotations.NullMarked
package io.cbtguard;
