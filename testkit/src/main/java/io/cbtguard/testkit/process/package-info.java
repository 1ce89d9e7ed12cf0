/** Starting and stopping the processes that tests and the demo are made of, and finding the tools they run. */
@org.jspecify.annotations.NullMarked
package io.cbtguard.testkit.process;
