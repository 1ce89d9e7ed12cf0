/** Measurements against the simulator at full size; nothing here is run by the tests. */
@NullMarked
package io.cbtguard.bench;

import org.jspecify.annotations.NullMarked;
