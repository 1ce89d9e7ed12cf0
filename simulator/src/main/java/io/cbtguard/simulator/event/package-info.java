/** Events: what is posted, how long it is kept, how it is read. */
@NullMarked
package io.cbtguard.simulator.event;

import org.jspecify.annotations.NullMarked;
