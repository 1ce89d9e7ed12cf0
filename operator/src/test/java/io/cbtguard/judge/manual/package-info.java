@org.jspecify.annotations.NullMarked
package io.cbtguard.judge.manual;
