/** The record of one VM as an immutable value: what must last when every status is lost. */
@org.jspecify.annotations.NullMarked
package io.cbtguard.judge.record;
