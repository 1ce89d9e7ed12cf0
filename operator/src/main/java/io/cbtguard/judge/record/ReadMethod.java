package io.cbtguard.judge.record;

/** How a tool read a disk. */
public enum ReadMethod {
    /** every block */
    All,
    /** allocated blocks, found by another method than CBT */
    Allocated,
    /** allocated blocks by {@code QueryChangedDiskAreas("*")} */
    AllocatedCbt,
    /** blocks changed since a base */
    Changed
}
