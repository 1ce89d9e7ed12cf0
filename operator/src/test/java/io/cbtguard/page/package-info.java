@org.jspecify.annotations.NullMarked
package io.cbtguard.page;
