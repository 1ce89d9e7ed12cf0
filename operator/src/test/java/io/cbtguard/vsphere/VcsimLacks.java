package io.cbtguard.vsphere;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says what stock vcsim cannot do, so that a test runs on the simulator only or the contract makes an allowance. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface VcsimLacks {
    String value();
}
