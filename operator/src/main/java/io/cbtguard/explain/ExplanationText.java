package io.cbtguard.explain;

import io.cbtguard.explain.Explanation.ChainStory;
import io.cbtguard.explain.Explanation.FindingStory;
import io.cbtguard.explain.Explanation.Machine;
import java.util.List;

/** An explanation as text for a terminal. What came from vCenter is data: control characters are shown escaped. */
public final class ExplanationText {
    private final StringBuilder text = new StringBuilder();

    private ExplanationText() {}

    public static String of(Explanation e) {
        ExplanationText writer = new ExplanationText();
        writer.write(e);
        return writer.text.toString();
    }

    /** One line that may hold names from vCenter, fit for a terminal. */
    public static String escaped(String line) {
        StringBuilder escaped = new StringBuilder(line.length());
        line.chars().forEach(c -> {
            if (Character.isISOControl(c)) {
                escaped.append("\\u").append("%04x".formatted(c));
            } else {
                escaped.append((char) c);
            }
        });
        return escaped.toString();
    }

    private void write(Explanation e) {
        line("", e.vm() + " of VCenter " + e.vcenter());
        e.summary().forEach(s -> line("  ", s));
        list("What to do", e.toDo());
        if (e.view() != null) {
            title("View");
            line(
                    "  ",
                    "vCenter is known up to " + e.view().through() + ", event "
                            + e.view().eventKey() + (e.view().current() ? "; current" : "; NOT current"));
        }
        if (e.machine() != null) {
            machine(e.machine());
        }
        e.chains().forEach(this::chain);
        title("Findings, newest first");
        if (e.findings().isEmpty()) {
            line("  ", "none");
        }
        e.findings().forEach(this::finding);
        list(
                "Restore points, newest first",
                e.restorePoints().stream()
                        .map(p -> p.at() + " " + p.run() + " (chain " + p.chain() + ", " + p.type() + "): " + p.trust()
                                + ". " + p.why())
                        .toList());
    }

    private void machine(Machine m) {
        title("The VM");
        line(
                "  ",
                m.name() + " (" + m.moRef() + "), " + m.powerState() + ", on " + m.host() + ", ESXi " + m.build()
                        + "; change tracking " + (m.changeTracking() == null ? "could not be read" : tracking(m)));
        m.disks()
                .forEach(d -> line(
                        "  ",
                        d.label() + ", " + d.capacityBytes() + " bytes, "
                                + (d.changeId().isEmpty() ? "no change ID" : "change ID " + d.changeId())
                                + (d.trackability().equals("TRACKABLE") ? "" : ", " + d.trackability())));
        m.snapshots()
                .forEach(s -> line(
                        "  ",
                        "snapshot " + s.name() + " (" + s.moRef() + ")" + (s.current() ? ", the VM runs on it" : "")));
        m.pending().forEach(p -> line("  ", "in flight: " + p));
        m.builds().forEach(b -> line("  ", b));
    }

    private static String tracking(Machine m) {
        return Boolean.TRUE.equals(m.changeTracking()) ? "is on" : "is OFF";
    }

    private void chain(ChainStory c) {
        title("Chain " + c.name());
        line("  ", "next: " + c.next() + " (" + c.reason() + ")" + (c.since().isEmpty() ? "" : " since " + c.since()));
        line("  ", "last full " + orNone(c.lastFull()) + ", last Good restore point " + orNone(c.lastGood()));
        c.disks().forEach(d -> {
            line("  ", d.label() + ": " + d.verdict() + " (" + d.reason() + "). " + d.message());
            line("    ", d.baseline().isEmpty() ? "no baseline" : "baseline " + d.baseline());
        });
    }

    private void finding(FindingStory f) {
        line("  ", f.reason() + ", " + f.to() + (f.open() ? ", open" : "") + ": " + f.message());
        line("    ", "evidence: " + f.evidence());
        line("    ", "kills " + f.kills() + "; cure: " + f.cure());
        f.killed().forEach(k -> line("    ", "killed " + k));
        line("    ", "remedy: " + f.remedy() + " See " + f.page());
    }

    private static String orNone(String time) {
        return time.isEmpty() ? "none" : time;
    }

    private void list(String title, List<String> lines) {
        title(title);
        if (lines.isEmpty()) {
            line("  ", "none");
        }
        lines.forEach(l -> line("  ", l));
    }

    private void title(String title) {
        text.append('\n');
        line("", title);
    }

    private void line(String indent, String line) {
        text.append(indent).append(escaped(line)).append('\n');
    }
}
