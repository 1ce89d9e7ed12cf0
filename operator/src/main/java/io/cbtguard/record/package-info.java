/** Maps the record of a VM to the VMRecord object and is its one writer: precondition, lost answers, foreign writes, refusal. */
@org.jspecify.annotations.NullMarked
package io.cbtguard.record;
