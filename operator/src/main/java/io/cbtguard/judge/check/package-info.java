/** The checks: one cause each, small and pure, with the source that says why it is one. */
@org.jspecify.annotations.NullMarked
package io.cbtguard.judge.check;
