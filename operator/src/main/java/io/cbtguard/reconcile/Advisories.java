package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.CBTAdvisory;
import io.cbtguard.api.v1alpha1.CBTAdvisorySpec;
import io.cbtguard.api.v1alpha1.Reasons;
import io.cbtguard.inventory.Host;
import io.cbtguard.judge.Advisory;
import io.cbtguard.judge.check.Remedies;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Which advisories are in force, and what they mean for a judgement: one list for every record of every vCenter. */
final class Advisories {
    private static final String BOUNDARY = "128Gi";
    private static final String RESET =
            " Reset Changed Block Tracking before that full if you can. How: " + Remedies.RESET + ".";
    private static final int GIB = 30;
    private static final int TIB = 40;

    private final Informed informed;
    private volatile List<Advisory> inForce = List.of();
    private volatile List<Advisory> all = List.of();

    Advisories(Informed informed) {
        this.informed = informed;
    }

    List<Advisory> inForce() {
        return inForce;
    }

    /** All that there are, in force or not; the same instance while none has changed. */
    List<Advisory> all() {
        return all;
    }

    /** Takes what the informer holds now; returns whether another judgement may follow from it. */
    synchronized boolean refresh() {
        List<CBTAdvisory> objects = informed.advisories();
        all = objects.stream().map(Advisories::judged).toList();
        List<Advisory> next = inForce(objects);
        boolean changed = !next.equals(inForce);
        inForce = next;
        return changed;
    }

    /** Those of a cluster with these advisories that count, by name. */
    static List<Advisory> inForce(List<CBTAdvisory> all) {
        return all.stream()
                .filter(advisory -> isInForce(standing(advisory, all)))
                .map(Advisories::judged)
                .sorted(Comparator.comparing(Advisory::name))
                .toList();
    }

    /** Why an advisory counts or does not, as the condition Ready says it. */
    String standing(CBTAdvisory advisory) {
        return standing(advisory, informed.advisories());
    }

    private static String standing(CBTAdvisory advisory, List<CBTAdvisory> all) {
        String name = advisory.getMetadata().getName();
        if (isBundled(advisory)
                && all.stream()
                        .anyMatch(other ->
                                !isBundled(other) && name.equals(other.getSpec().overrides()))) {
            return Reasons.OVERRIDDEN;
        }
        if (!advisory.getSpec().enabled()) {
            return Reasons.DISABLED;
        }
        String overrides = advisory.getSpec().overrides();
        boolean found = overrides == null
                || all.stream()
                        .anyMatch(other -> isBundled(other)
                                && overrides.equals(other.getMetadata().getName()));
        return found ? Reasons.IN_FORCE : Reasons.OVERRIDES_NOTHING;
    }

    static boolean isInForce(String standing) {
        return standing.equals(Reasons.IN_FORCE) || standing.equals(Reasons.OVERRIDES_NOTHING);
    }

    /** Whether a host runs a build that the advisory names and is not excepted. */
    static boolean affects(Advisory advisory, Host host) {
        return advisory.trigger() == Advisory.Trigger.HostBuild
                && host.build() != null
                && advisory.mayCover(host.build())
                && !advisory.exceptHosts().contains(host.name());
    }

    static boolean isBundled(CBTAdvisory advisory) {
        Map<String, String> labels = advisory.getMetadata().getLabels();
        return labels != null && "true".equals(labels.get(CBTAdvisory.BUNDLED));
    }

    static Advisory judged(CBTAdvisory advisory) {
        CBTAdvisorySpec spec = advisory.getSpec();
        CBTAdvisorySpec.Effect effect = spec.effect();
        return new Advisory(
                advisory.getMetadata().getName(),
                spec.title(),
                Advisory.Trigger.valueOf(spec.trigger().name()),
                spec.affected().stream()
                        .map(a -> new Advisory.Affected(a.version(), a.minBuild(), a.fixedBuild()))
                        .toList(),
                spec.exceptHosts(),
                bytes(Objects.requireNonNullElse(spec.boundary(), BOUNDARY)),
                effect.baselines() == CBTAdvisorySpec.Baselines.Invalidate,
                Advisory.Suspects.valueOf(effect.suspect().name()),
                effect.reset() == CBTAdvisorySpec.Reset.Required,
                effect.reset() == CBTAdvisorySpec.Reset.Recommended ? sentence(spec.remedy()) + RESET : spec.remedy());
    }

    /** Somebody else's words, before ours. */
    private static String sentence(String words) {
        return words.isEmpty() || words.matches("(?s).*[.!?]\\s*")
                ? words.stripTrailing()
                : words.stripTrailing() + ".";
    }

    private static long bytes(String quantity) {
        long number = Long.parseLong(quantity.substring(0, quantity.length() - 2));
        return number << (Objects.equals(quantity.charAt(quantity.length() - 2), 'T') ? TIB : GIB);
    }
}
