/** The page for people: explanations and what-if over HTTP. Shows what it is told by {@code explain}; decides nothing. */
@org.jspecify.annotations.NullMarked
package io.cbtguard.page;
