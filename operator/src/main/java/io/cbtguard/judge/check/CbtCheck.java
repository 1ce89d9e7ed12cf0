package io.cbtguard.judge.check;

import io.cbtguard.judge.Facts;
import io.cbtguard.judge.record.Finding;
import java.util.List;
import java.util.stream.Stream;

/** One rule: which causes of its kind does this scene show? Empty means no objection. */
@FunctionalInterface
public interface CbtCheck {
    List<Finding> inspect(Scene scene);

    /** What history alone tells of a VM that cannot be seen now, or whose record has seen more than this view. */
    static List<Finding> told(Facts facts) {
        return Stream.of(RevertCheck.told(facts), ToldCheck.told(facts), GapCheck.told(facts))
                .flatMap(List::stream)
                .toList();
    }

    /** All rules, in the order in which ties between their findings are broken. */
    static List<CbtCheck> all() {
        return List.of(
                new RevertCheck(),
                new RegressionCheck(),
                new HostUpgradeCheck(),
                new TrackingCheck(),
                new EpochCheck(),
                new EnabledCheck(),
                new ResizeCheck(),
                new DiskChangeCheck(),
                new RelocationCheck(),
                new ToldCheck(),
                new GapCheck());
    }
}
