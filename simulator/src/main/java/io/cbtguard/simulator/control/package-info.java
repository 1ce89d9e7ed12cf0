/** The control port: JSON over HTTP for everything that tests do to the simulator. */
@NullMarked
package io.cbtguard.simulator.control;

import org.jspecify.annotations.NullMarked;
