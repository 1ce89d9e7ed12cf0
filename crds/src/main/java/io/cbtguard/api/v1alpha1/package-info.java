/**
 * The custom resources of {@code cbtguard.io/v1alpha1} as plain data, and nothing that acts on them. The CRD YAML in
 * {@code crds/generated} is made from these classes. Times are strings as vCenter writes them (RFC 3339, microseconds),
 * durations are strings such as {@code 24h} or {@code 1h30m} ({@link io.cbtguard.api.v1alpha1.Durations} reads them).
 */
@NullMarked
package io.cbtguard.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
