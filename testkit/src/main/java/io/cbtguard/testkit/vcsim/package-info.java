/** Launches the stock vCenter simulator: independent of our own, and so what holds both to one protocol. */
@org.jspecify.annotations.NullMarked
package io.cbtguard.testkit.vcsim;
