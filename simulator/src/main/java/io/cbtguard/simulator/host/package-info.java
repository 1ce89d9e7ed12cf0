/** What hosts do: connection, maintenance, upgrades, crashes. */
@NullMarked
package io.cbtguard.simulator.host;

import org.jspecify.annotations.NullMarked;
