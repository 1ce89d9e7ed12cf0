/**
 * The soundness model: random histories of one VM, played through block truth and the judge; every restore point that the judge
 * calls Good is compared with what was on the disk.
 */
@org.jspecify.annotations.NullMarked
package io.cbtguard.model;
