package io.cbtguard.testkit.demo;

import com.fasterxml.jackson.core.type.TypeReference;
import io.cbtguard.api.v1alpha1.RecordedChain;
import io.cbtguard.api.v1alpha1.RecordedSighting;
import io.cbtguard.api.v1alpha1.VMRecord;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gives a VM's record the restore points of another VM that was really backed up, with its own disks and epochs in them. While no
 * operator runs; what it finds then is a record of its own hand.
 */
final class TypicalHistories {
    private final KubernetesClient client;
    private final VMRecord model;

    TypicalHistories(KubernetesClient client, VMRecord model) {
        this.client = client;
        this.model = model;
    }

    void give(VMRecord record) {
        String chains = Serialization.asJson(model.getChains());
        List<RecordedSighting.Disk> from = disks(model);
        List<RecordedSighting.Disk> to = disks(record);
        for (int i = 0; i < from.size(); i++) {
            chains = quoted(chains, from.get(i).id(), to.get(i).id());
            chains = quoted(chains, from.get(i).objectId(), to.get(i).objectId());
            // the VM itself was never snapshotted: its number is the first one
            chains = chains.replaceAll(Pattern.quote(epoch(from.get(i))) + "/[0-9]+", epoch(to.get(i)) + "/1");
        }
        record.setChains(Serialization.unmarshal(chains, new TypeReference<List<RecordedChain>>() {}));
        record.setEvidenceThrough(model.getEvidenceThrough());
        record.setGeneration(record.getMetadata().getGeneration() + 1);
        client.resource(record).update();
    }

    private static List<RecordedSighting.Disk> disks(VMRecord record) {
        return Objects.requireNonNull(record.getSighting()).disks();
    }

    private static String quoted(String json, @Nullable String from, @Nullable String to) {
        return json.replace('"' + from + '"', '"' + to + '"');
    }

    private static String epoch(RecordedSighting.Disk disk) {
        String id = Objects.requireNonNull(disk.changeId(), "a tracked disk");
        return id.substring(0, id.indexOf('/'));
    }
}
