/** What each reason means, in words for people: the table that {@code docs/reasons.md} and the explanations are made from. */
@org.jspecify.annotations.NullMarked
package io.cbtguard.judge.manual;
