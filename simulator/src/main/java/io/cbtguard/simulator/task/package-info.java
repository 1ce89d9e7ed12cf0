/** Tasks: how they run, one at a time per entity, and how they are read. */
@NullMarked
package io.cbtguard.simulator.task;

import org.jspecify.annotations.NullMarked;
