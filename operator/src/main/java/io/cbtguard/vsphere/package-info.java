/**
 * The vCenter port and its VIM SOAP implementation: API session, inventory watch, history tail. The only room that sees the VIM
 * stubs, so that they can be replaced in one place; it knows nothing of Kubernetes and judges nothing.
 */
@org.jspecify.annotations.NullMarked
package io.cbtguard.vsphere;
