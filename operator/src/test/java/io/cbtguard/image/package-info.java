/** The image as it is built without a registry, started without a container engine. */
@org.jspecify.annotations.NullMarked
package io.cbtguard.image;
