package io.cbtguard.vsphere;

import com.vmware.vim25.TaskInfo;
import java.util.Locale;
import java.util.Set;

/**
 * What a task means for change IDs, by its {@code descriptionId}. Names are those of real vCenters' task descriptions and of the
 * simulators; they explain and time what happened.
 */
enum TaskKind {
    REVERT,
    CREATE_SNAPSHOT,
    /** Reconfiguration, disk and storage moves: may be the cause of something. */
    OTHER_CAUSE,
    IRRELEVANT;

    private static final Set<String> REVERTS = Set.of(
            "vm.snapshot.revert",
            "virtualmachine.reverttocurrentsnapshot",
            "virtualmachine.reverttosnapshot",
            "virtualmachine.revertsnapshot",
            "virtualmachinesnapshot.reverttosnapshot",
            "reverttosnapshot",
            "reverttocurrentsnapshot");
    private static final Set<String> CREATIONS = Set.of(
            "virtualmachine.createsnapshot", "virtualmachine.createsnapshotex", "createsnapshot", "createsnapshotex");
    private static final Set<String> CAUSES = Set.of(
            "virtualmachine.reconfigure",
            "virtualmachine.reconfigvm",
            "virtualmachine.attachdisk",
            "virtualmachine.detachdisk",
            "virtualmachine.relocate",
            "virtualmachine.relocatevm",
            "virtualmachine.promotedisks",
            "virtualmachine.reload",
            "virtualmachine.reloadex",
            "virtualmachine.reloadfrompath");

    static TaskKind of(TaskInfo info) {
        TaskKind byDescription = of(info.getDescriptionId());
        return byDescription == IRRELEVANT ? of(info.getName()) : byDescription;
    }

    static TaskKind of(@org.jspecify.annotations.Nullable String name) {
        if (name == null) {
            return IRRELEVANT;
        }
        String normal = name.toLowerCase(Locale.ROOT);
        normal = normal.startsWith("vim.") ? normal.substring("vim.".length()) : normal;
        normal = normal.endsWith("_task") ? normal.substring(0, normal.length() - "_task".length()) : normal;
        if (REVERTS.contains(normal)) {
            return REVERT;
        }
        if (CREATIONS.contains(normal)) {
            return CREATE_SNAPSHOT;
        }
        return CAUSES.contains(normal) ? OTHER_CAUSE : IRRELEVANT;
    }
}
