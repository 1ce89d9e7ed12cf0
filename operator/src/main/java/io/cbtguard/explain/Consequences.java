package io.cbtguard.explain;

import io.cbtguard.judge.Verdict;
import io.cbtguard.judge.record.BackupType;
import io.cbtguard.judge.record.Chain;
import io.cbtguard.judge.record.Point;
import io.cbtguard.judge.record.VmRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What would follow from something that has not happened.
 *
 * @param question what was asked, in words
 * @param needFull VMs whose next backup would have to be full and does not have to be now
 * @param alreadyFull VMs whose next backup has to be full anyway
 * @param restorePoints restore points that would lose trust
 * @param unknown VMs of which nothing can be foretold, with the reason
 * @param unchanged number of VMs whose next backup would stay what it is
 * @param notes what the answer leaves out
 */
public record Consequences(
        String question,
        List<Turned> needFull,
        List<String> alreadyFull,
        List<Touched> restorePoints,
        List<String> unknown,
        int unchanged,
        List<String> notes) {
    /** A VM whose next backup would turn full. */
    public record Turned(String vm, String reason, String message) {}

    /** A restore point that would lose trust. */
    public record Touched(String vm, String chain, String run, String trustNow, String trustThen, String reason) {}

    /**
     * Judges each VM as it is and as it would be, one after the other.
     *
     * @param vms those that the question concerns
     * @param change makes the case as it would be
     */
    public static Consequences of(String question, List<Guarded> vms, UnaryOperator<Case> change, List<String> notes) {
        List<Turned> needFull = new ArrayList<>();
        List<String> alreadyFull = new ArrayList<>();
        List<Touched> points = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        int unchanged = 0;
        for (Guarded vm : vms) {
            Case matter = vm.matter();
            if (matter == null) {
                unknown.add(vm.fullName() + ": " + vm.standing());
                continue;
            }
            Case now = matter.learned();
            Case then = change.apply(now).learned();
            touched(vm.fullName(), now.record(), then.record(), points);
            Verdict.Next before = now.verdict().nextBackup();
            Verdict.Next after = then.verdict().nextBackup();
            if (before.type() == BackupType.Full) {
                alreadyFull.add(vm.fullName());
            } else if (after.type() == BackupType.Full) {
                needFull.add(new Turned(vm.fullName(), after.reason().name(), after.message()));
            } else if (!now.inSight() || after.type() == BackupType.Unknown) {
                unknown.add(vm.fullName() + ": " + after.reason() + ", " + after.message());
            } else {
                unchanged++;
            }
        }
        return new Consequences(question, needFull, alreadyFull, points, unknown, unchanged, notes);
    }

    private static void touched(String vm, VmRecord now, VmRecord then, List<Touched> points) {
        for (Chain chain : then.chains()) {
            Optional<Chain> before = now.chain(chain.namespaceUid(), chain.name());
            for (Point point : chain.points()) {
                before.flatMap(c -> c.point(point.run()))
                        .filter(p -> p.trust() != point.trust())
                        .ifPresent(p -> points.add(new Touched(
                                vm,
                                chain.name(),
                                point.run(),
                                p.trust().name(),
                                point.trust().name(),
                                point.reason())));
            }
        }
    }

    /** The same for people. */
    public String text() {
        StringBuilder text = new StringBuilder(ExplanationText.escaped(question)).append("\n\n");
        text.append(
                needFull.isEmpty()
                        ? "No VM would need a full backup because of it.\n"
                        : "Would need a full backup and do not need one now: " + needFull.size() + "\n");
        needFull.forEach(t ->
                text.append("  %s (%s): %s\n".formatted(t.vm(), t.reason(), ExplanationText.escaped(t.message()))));
        text.append(
                restorePoints.isEmpty()
                        ? "No restore point would lose trust.\n"
                        : "Restore points that would lose trust: " + restorePoints.size() + "\n");
        restorePoints.forEach(p -> text.append("  %s, chain %s, %s: %s -> %s (%s)\n"
                .formatted(p.vm(), p.chain(), p.run(), p.trustNow(), p.trustThen(), p.reason())));
        list(text, "Already need a full backup, whatever happens:", alreadyFull);
        list(text, "Cannot be foretold:", unknown);
        text.append("Others that would go on as they are: ").append(unchanged).append('\n');
        list(text, "Note:", notes);
        return text.toString();
    }

    private static void list(StringBuilder text, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            text.append(title).append('\n');
            lines.forEach(line ->
                    text.append("  ").append(ExplanationText.escaped(line)).append('\n'));
        }
    }
}
