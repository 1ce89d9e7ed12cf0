/** The part of vCenter's REST interface that tags need: sessions and tagging, in its older and in its newer form. */
@NullMarked
package io.cbtguard.simulator.rest;

import org.jspecify.annotations.NullMarked;
