/** API sessions: login, the objects that live and die with a session, expiry. */
@NullMarked
package io.cbtguard.simulator.session;

import org.jspecify.annotations.NullMarked;
