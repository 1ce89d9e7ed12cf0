/** What the collectors of the event and of the task history have in common. */
@org.jspecify.annotations.NullMarked
package io.cbtguard.simulator.history;
