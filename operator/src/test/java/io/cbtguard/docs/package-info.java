/** The pages that people read, as tests read them. */
@NullMarked
package io.cbtguard.docs;

import org.jspecify.annotations.NullMarked;
