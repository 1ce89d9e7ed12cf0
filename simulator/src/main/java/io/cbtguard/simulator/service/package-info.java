/** The root of the API: service content, search, settings, privileges. */
@NullMarked
package io.cbtguard.simulator.service;

import org.jspecify.annotations.NullMarked;
