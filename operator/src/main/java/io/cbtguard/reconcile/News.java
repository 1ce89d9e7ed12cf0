package io.cbtguard.reconcile;

import io.cbtguard.judge.record.Finding;
import io.cbtguard.judge.record.VmRecord;
import io.cbtguard.metrics.GuardMetrics;
import io.cbtguard.record.RecordRef;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of the findings that a write brought into a record: a line in the log and a count for each. */
final class News {
    private static final Logger LOG = LoggerFactory.getLogger(News.class);

    private final GuardMetrics metrics;

    News(GuardMetrics metrics) {
        this.metrics = metrics;
    }

    /** The findings that a record has and had not. */
    static List<Finding> between(VmRecord before, VmRecord after) {
        Set<String> known = before.findings().stream().map(Finding::id).collect(Collectors.toSet());
        return after.findings().stream().filter(f -> !known.contains(f.id())).toList();
    }

    /** To be called once they are stored. */
    void tell(OpenWatch watch, RecordRef ref, String moRef, List<Finding> stored) {
        for (Finding finding : stored) {
            LOG.info(
                    "vCenter {}: {} on {} ({}): {}",
                    watch.name(),
                    finding.reason(),
                    moRef,
                    ref,
                    oneLine(finding.message()));
            Instant when = finding.evidence().time() != null
                    ? finding.evidence().time()
                    : finding.at().to().time();
            metrics.found(watch.name(), finding.reason().name(), when, watch.now());
        }
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }
}
