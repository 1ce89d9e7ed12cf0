package io.cbtguard.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one VM and what follows from it. Times are vCenter's, as ISO 8601; empty where not known.
 *
 * @param summary the story in sentences
 * @param view up to where vCenter is known; null, as the next four, while there is no record
 * @param toDo what a person should do next
 */
public record Explanation(
        String vm,
        String vcenter,
        List<String> summary,
        @Nullable View view,
        @Nullable Machine machine,
        List<ChainStory> chains,
        List<FindingStory> findings,
        List<PointStory> restorePoints,
        List<String> toDo) {

    /**
     * @param current whether verdicts may rest on it
     * @param eventKey key of the last event that was read, -1 if none
     */
    public record View(boolean current, String through, int epoch, long eventKey, String now) {}

    /** @param builds ESXi builds it ran on, oldest first, in sentences */
    public record Machine(
            String moRef,
            String name,
            String powerState,
            String host,
            String build,
            @Nullable Boolean changeTracking,
            List<DiskFact> disks,
            List<SnapshotFact> snapshots,
            List<String> pending,
            List<String> builds) {}

    /** @param changeId the live one, empty if there is none */
    public record DiskFact(
            String label, int key, String id, long capacityBytes, String changeId, String trackability) {}

    public record SnapshotFact(String moRef, String name, boolean current) {}

    /** One chain and its next decision. */
    public record ChainStory(
            String name,
            String next,
            String reason,
            String message,
            String since,
            String lastFull,
            String lastGood,
            List<DiskStory> disks) {}

    /** A disk of a chain. @param baseline the change ID to start from, in a sentence; empty if there is none */
    public record DiskStory(
            String label, String verdict, String reason, String message, String changeId, String baseline) {}

    /**
     * @param evidence who, what, when, in a sentence
     * @param killed baselines that died of it
     * @param page where the reason is explained
     */
    public record FindingStory(
            String reason,
            boolean open,
            String from,
            String to,
            String message,
            String evidence,
            String kills,
            List<String> killed,
            String cure,
            String remedy,
            String page) {}

    public record PointStory(String chain, String run, String type, String at, String trust, String why) {}
}
