/**
 * Reconcilers, event sources and status projections: gathers facts, lets the judge judge, has the record written, and shows what
 * follows. Never waits for vCenter on a reconcile thread.
 */
@org.jspecify.annotations.NullMarked
package io.cbtguard.reconcile;
