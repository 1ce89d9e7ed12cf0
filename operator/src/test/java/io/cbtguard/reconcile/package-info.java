/** The reconcilers' own parts, without a cluster. */
@org.jspecify.annotations.NullMarked
package io.cbtguard.reconcile;
