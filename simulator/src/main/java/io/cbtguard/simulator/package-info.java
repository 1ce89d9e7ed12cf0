/** A vCenter simulator with the semantics of Changed Block Tracking, speaking VIM over SOAP. */
@org.jspecify.annotations.NullMarked
package io.cbtguard.simulator;
