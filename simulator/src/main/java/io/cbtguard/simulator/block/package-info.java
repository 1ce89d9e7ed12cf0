/** What is on a disk, block by block, and what change tracking remembers of it. */
@NullMarked
package io.cbtguard.simulator.block;

import org.jspecify.annotations.NullMarked;
