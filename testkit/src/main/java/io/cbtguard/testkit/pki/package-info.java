/** Certificates for test servers: an authority made for one run, in PEM as every tool reads it. */
@org.jspecify.annotations.NullMarked
package io.cbtguard.testkit.pki;
