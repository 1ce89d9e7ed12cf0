/** A vCenter that is only as much as the port asks for, so that what the operator makes of it can be tested by the line. */
@org.jspecify.annotations.NullMarked
package io.cbtguard.fake;
