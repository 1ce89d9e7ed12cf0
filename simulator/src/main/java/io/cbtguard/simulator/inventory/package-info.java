/** The places of an inventory: folders, datacenters, clusters, resource pools, hosts, datastores, networks. */
@NullMarked
package io.cbtguard.simulator.inventory;

import org.jspecify.annotations.NullMarked;
