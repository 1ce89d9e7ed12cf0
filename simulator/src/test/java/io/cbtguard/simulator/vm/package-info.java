/** Parts of the simulator by themselves. */
@NullMarked
package io.cbtguard.simulator.vm;

import org.jspecify.annotations.NullMarked;
