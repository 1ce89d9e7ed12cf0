/**
 * Pure decisions: facts to checks to findings to verdicts, decisions and restore-point trust, and the transitions of the record.
 * No clock, client or logger inside; the same value in gives the same verdict out. Sees the JDK and {@code inventory} only.
 */
@org.jspecify.annotations.NullMarked
package io.cbtguard.judge;
