/** What {@code --check} says before anything is started: whether cluster and vCenters let the operator work. It only reads. */
@org.jspecify.annotations.NullMarked
package io.cbtguard.preflight;
