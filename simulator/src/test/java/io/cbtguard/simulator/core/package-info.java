/** Parts of the simulator by themselves. */
@NullMarked
package io.cbtguard.simulator.core;

import org.jspecify.annotations.NullMarked;
