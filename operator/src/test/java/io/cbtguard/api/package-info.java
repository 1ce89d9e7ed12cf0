/** The custom resources on a real API server: rules, defaults, columns, roles, admission policies, examples. */
@NullMarked
package io.cbtguard.api;

import org.jspecify.annotations.NullMarked;
