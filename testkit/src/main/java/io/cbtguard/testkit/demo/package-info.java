/** The demo: real parts as processes of their own, and the story that {@code make demo} plays on them. */
@NullMarked
package io.cbtguard.testkit.demo;

import org.jspecify.annotations.NullMarked;
