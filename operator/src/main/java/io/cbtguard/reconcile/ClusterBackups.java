package io.cbtguard.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;

/** Objects that a backup tool of the cluster has put back: they say what was, and start nothing. */
final class ClusterBackups {
    private static final String RESTORED = "velero.io/restore-name";

    private ClusterBackups() {}

    static boolean restored(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return labels != null && labels.containsKey(RESTORED);
    }
}
