/** The property collector: filters, traversal, versions, pages, the long poll. */
@NullMarked
package io.cbtguard.simulator.property;

import org.jspecify.annotations.NullMarked;
