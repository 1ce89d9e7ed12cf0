/** Parts of the simulator by themselves. */
@NullMarked
package io.cbtguard.simulator.property;

import org.jspecify.annotations.NullMarked;
