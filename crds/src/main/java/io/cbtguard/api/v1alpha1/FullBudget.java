package io.cbtguard.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** How many full backups may run at once; the others wait for their turn. Incrementals are not counted and never wait. */
@ApiType
public record FullBudget(
        @Default("20") @Min(1) @Max(FullBudget.MOST) @JsonPropertyDescription("In all.")
        Integer total,

        @Default("2") @Min(1) @Max(FullBudget.MOST) @JsonPropertyDescription("Of VMs on one ESXi host.")
        Integer perHost,

        @Default("4")
        @Min(1) @Max(FullBudget.MOST) @JsonPropertyDescription("Of VMs with a disk on one datastore; a VM with disks on several counts on each.")
        Integer perDatastore) {
    static final int MOST = 100_000;
    static final int DEFAULT_TOTAL = 20;
    static final int DEFAULT_PER_HOST = 2;
    static final int DEFAULT_PER_DATASTORE = 4;
    public static final FullBudget DEFAULTS = new FullBudget(DEFAULT_TOTAL, DEFAULT_PER_HOST, DEFAULT_PER_DATASTORE);

    /** Fills in what the API server would. */
    public FullBudget {
        total = Formats.orDefault(total, DEFAULT_TOTAL);
        perHost = Formats.orDefault(perHost, DEFAULT_PER_HOST);
        perDatastore = Formats.orDefault(perDatastore, DEFAULT_PER_DATASTORE);
    }
}
