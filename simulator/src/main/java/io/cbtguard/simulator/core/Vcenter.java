package io.cbtguard.simulator.core;

/**
 * What every part of one simulated vCenter shares.
 *
 * @param registry all objects, and the lock
 * @param clock vCenter's clock
 * @param ids identifiers that follow from the seed
 * @param assumptions what stands in for facts that nobody documents
 */
public record Vcenter(Registry registry, SimClock clock, Ids ids, Assumptions assumptions) {}
