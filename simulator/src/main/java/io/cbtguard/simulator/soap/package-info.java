/** VIM over SOAP and HTTP: envelopes, the table of operations, sessions by cookie, faults as a vCenter renders them. */
@NullMarked
package io.cbtguard.simulator.soap;

import org.jspecify.annotations.NullMarked;
