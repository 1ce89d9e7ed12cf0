package io.cbtguard.judge.check;

import io.cbtguard.judge.record.Finding;
import java.util.List;

/** One rule: which causes of its kind does this scene show? Empty means no objection. */
@FunctionalInterface
public interface CbtCheck {
    List<Finding> inspect(Scene scene);

    /** All rules, in the order in which ties between their findings are broken. */
    static List<CbtCheck> all() {
        return List.of(
                new RevertCheck(),
                new HostUpgradeCheck(),
                new TrackingCheck(),
                new EpochCheck(),
                new DiskChangeCheck(),
                new GapCheck());
    }
}
