/** Virtual machines: configuration, disks and their chains, snapshots, power. */
@NullMarked
package io.cbtguard.simulator.vm;

import org.jspecify.annotations.NullMarked;
