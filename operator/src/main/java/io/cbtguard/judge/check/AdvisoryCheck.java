package io.cbtguard.judge.check;

import io.cbtguard.inventory.EsxBuild;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Position;
import io.cbtguard.judge.Advisory;
import io.cbtguard.judge.Reason;
import io.cbtguard.judge.record.Cure;
import io.cbtguard.judge.record.Evidence;
import io.cbtguard.judge.record.Finding;
import io.cbtguard.judge.record.Residence;
import io.cbtguard.judge.record.VmRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What vendor bulletins say of the builds a VM ran on and of the growth of its disks, for the past as well: applied to the residence
 * and to the resizes that the record keeps. An ongoing stay shows its beginning only, so that time alone writes nothing; what it
 * means while it lasts is asked of {@link #now}.
 */
public final class AdvisoryCheck {
    private AdvisoryCheck() {}

    /** Findings of these bulletins; the same ones each time. */
    public static List<Finding> inspect(VmRecord record, List<Advisory> advisories) {
        List<Finding> findings = new ArrayList<>();
        for (Advisory advisory : advisories) {
            switch (advisory.trigger()) {
                case HostBuild -> stays(record, advisory, findings);
                case DiskResize -> resizes(record, advisory, findings);
                case Note -> {
                    // explains, finds nothing
                }
            }
        }
        return findings;
    }

    /** The bulletin that names the build the VM is on now, as far as was seen; empty if none does. */
    public static Optional<Advisory> now(VmRecord record, List<Advisory> advisories) {
        if (record.residence().isEmpty()) {
            return Optional.empty();
        }
        Residence stay = record.residence().getLast();
        return advisories.stream()
                .filter(a -> a.trigger() == Advisory.Trigger.HostBuild)
                .filter(a -> stay.build() != null && covers(a, stay))
                .findFirst();
    }

    /** Id of the finding that an advisory makes of a stay. */
    public static String id(Advisory advisory, Residence stay) {
        return Ids.of(Reason.AffectedHostBuild, Interval.at(stay.from()), advisory.name());
    }

    /** Whether the VM may have been affected during a stay. */
    public static boolean covers(Advisory advisory, Residence stay) {
        boolean excepted = !stay.hosts().isEmpty()
                && stay.build() != null
                && advisory.exceptHosts().containsAll(stay.hosts());
        return !excepted && advisory.mayCover(stay.build());
    }

    private static void stays(VmRecord record, Advisory advisory, List<Finding> findings) {
        for (Residence stay : record.residence()) {
            if (covers(advisory, stay)) {
                Position to = stay.to() == null ? stay.from() : Position.later(stay.from(), stay.to());
                findings.add(new Finding(
                        id(advisory, stay),
                        Reason.AffectedHostBuild,
                        new Interval(stay.from(), to),
                        List.of(),
                        cure(advisory),
                        null,
                        Evidence.ofChange(stay.from().time(), advisory.name(), text(stay.build())),
                        advisory.title() + ": the VM " + (stay.build() == null ? "may have run on" : "ran on") + " "
                                + text(stay.build()) + ", which " + advisory.name() + " names.",
                        advisory.remedy()));
            }
        }
    }

    private static void resizes(VmRecord record, Advisory advisory, List<Finding> findings) {
        record.findings().stream()
                .filter(f -> f.reason() == Reason.DiskResized && !f.id().endsWith(suffix(advisory)))
                .filter(f -> crosses(advisory, f) && record.residence().stream().anyMatch(r -> then(r, f, advisory)))
                .forEach(f -> findings.add(new Finding(
                        f.id() + suffix(advisory),
                        Reason.DiskResized,
                        f.at(),
                        f.disks(),
                        cure(advisory),
                        null,
                        f.evidence(),
                        advisory.title() + ": a disk went from " + f.evidence().oldValue() + " to "
                                + f.evidence().newValue() + " bytes on a build that " + advisory.name() + " names.",
                        advisory.remedy())));
    }

    /** Whether a finding about a resize is an advisory's, which kills, or the plain one, which shows. */
    public static boolean isAdvised(Finding finding) {
        return finding.id().contains(BY);
    }

    /** Whether a finding about a resize is this advisory's. */
    public static boolean isOf(Finding finding, Advisory advisory) {
        return finding.id().endsWith(suffix(advisory));
    }

    private static final String BY = "/by/";

    private static String suffix(Advisory advisory) {
        return BY + advisory.name();
    }

    private static boolean crosses(Advisory advisory, Finding resize) {
        return !isAdvised(resize)
                && advisory.crosses(
                        size(resize.evidence().oldValue()),
                        size(resize.evidence().newValue()));
    }

    private static long size(String text) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }

    private static boolean then(Residence stay, Finding resize, Advisory advisory) {
        boolean overlaps = !resize.at().to().isBefore(stay.from())
                && (stay.to() == null || !stay.to().isBefore(resize.at().from()));
        return overlaps && covers(advisory, stay);
    }

    private static Cure cure(Advisory advisory) {
        return !advisory.invalidates() ? Cure.None : advisory.needsReset() ? Cure.ResetThenFull : Cure.Full;
    }

    private static String text(@Nullable EsxBuild build) {
        return Objects.toString(build, "a build that nobody knows");
    }
}
