/** Tests of the soundness model, and by it of the judge. */
@org.jspecify.annotations.NullMarked
package io.cbtguard.model;
