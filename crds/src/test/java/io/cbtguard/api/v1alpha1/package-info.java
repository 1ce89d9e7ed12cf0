/** Makes the CRD YAML from the model and guards it against drift. */
@NullMarked
package io.cbtguard.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
