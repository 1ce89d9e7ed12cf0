/** Views: lists of objects kept by the server for a session. */
@NullMarked
package io.cbtguard.simulator.view;

import org.jspecify.annotations.NullMarked;
