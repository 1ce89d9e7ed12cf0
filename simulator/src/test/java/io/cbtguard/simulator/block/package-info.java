/** Parts of the simulator by themselves. */
@NullMarked
package io.cbtguard.simulator.block;

import org.jspecify.annotations.NullMarked;
