/** Failures on demand: what goes wrong, for which method, how often. */
@NullMarked
package io.cbtguard.simulator.fault;

import org.jspecify.annotations.NullMarked;
