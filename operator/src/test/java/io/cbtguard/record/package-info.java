/** How records are kept: nothing is lost, nobody else's write counts, no write goes over another. */
@org.jspecify.annotations.NullMarked
package io.cbtguard.record;
