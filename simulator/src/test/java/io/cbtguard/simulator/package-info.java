/** The simulator as its clients see it: over VIM SOAP with the generated stubs. */
@NullMarked
package io.cbtguard.simulator;

import org.jspecify.annotations.NullMarked;
