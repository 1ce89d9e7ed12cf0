package io.cbtguard.simulator.task;

/**
 * What a task does.
 *
 * @param method the operation, such as {@code CreateSnapshot_Task}
 * @param descriptionId vCenter's name for it, such as {@code VirtualMachine.createSnapshot}
 * @param title what people read, such as "Create virtual machine snapshot"
 */
public record TaskKind(String method, String descriptionId, String title) {}
