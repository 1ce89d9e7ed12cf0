/** What every managed object rests on: references, property tables and paths, the registry with its one lock, time, faults. */
@NullMarked
package io.cbtguard.simulator.core;

import org.jspecify.annotations.NullMarked;
