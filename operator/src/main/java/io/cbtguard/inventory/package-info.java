/**
 * Immutable facts about one vCenter: VirtualMachines, disks, snapshots, hosts, occurrences, and the order in which things
 * happened. Sees the JDK only, so that decisions can be made, replayed and tested without a vCenter.
 */
@org.jspecify.annotations.NullMarked
package io.cbtguard.inventory;
