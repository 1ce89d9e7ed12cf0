/**
 * The Kubernetes that tests and the demo run on: a given one, K3s in a container, or a control plane of our own made of
 * etcd, API server and controller manager. Whichever it is, callers see a {@link io.cbtguard.testkit.cluster.TestCluster}.
 */
@org.jspecify.annotations.NullMarked
package io.cbtguard.testkit.cluster;
