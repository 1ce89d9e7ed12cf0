/** Tests of the demo's parts. */
@NullMarked
package io.cbtguard.testkit.demo;

import org.jspecify.annotations.NullMarked;
