/** The simulator's own certificate authority. */
@NullMarked
package io.cbtguard.simulator.tls;

import org.jspecify.annotations.NullMarked;
