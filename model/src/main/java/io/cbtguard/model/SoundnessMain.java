package io.cbtguard.model;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Plays random histories and prints what became of their restore points; fails if a Good one differs from the truth. */
@Command(
        name = "soundness",
        mixinStandardHelpOptions = true,
        description = "Plays random histories of one VM through block truth and the judge.",
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {"0:no history failed", "1:a history failed; its seed and its shortest form are printed"})
public final class SoundnessMain implements Callable<Integer> {
    /** Failed histories that are shown in their shortest form. */
    private static final int SHRUNK = 8;

    @Option(names = "--histories", defaultValue = "20000", description = "How many (default: ${DEFAULT-VALUE}).")
    private long histories;

    @Option(names = "--steps", defaultValue = "60", description = "Steps of each (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of the first; the others count on.")
    private long seed;

    @Option(names = "--threads", defaultValue = "2", description = "Threads (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(names = "--profile", description = "Only histories of this profile of the mix.")
    private @Nullable String profile;

    @Option(names = "--count-only", description = "Counts failed histories and does not shrink them.")
    private boolean countOnly;

    @Option(names = "--file", description = "Plays only the history in this file, as a failing one is printed.")
    private @Nullable Path file;

    @Spec
    private CommandSpec spec;

    SoundnessMain(CommandSpec spec) {
        this.spec = spec;
    }

    public static void main(String[] args) {
        SoundnessMain main = new SoundnessMain(CommandSpec.create());
        System.exit(new CommandLine(main).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Mix mix = Mix.read();
        if (file != null) {
            Failure failure = Player.play(Plan.parse(Files.readString(file)), mix, new Tally());
            out.println(failure == null ? "all is well" : failure);
            return failure == null ? 0 : 1;
        }
        Instant begin = Instant.now();
        Soundness.Result result = new Soundness(mix, profile, steps)
                .run(seed, histories, threads, (played, failed) -> tell(begin, played, failed));
        Duration took = Duration.between(begin, Instant.now());
        new ResultTable(result).print(out, took, steps);
        Set<String> shown = new LinkedHashSet<>();
        for (Soundness.Failed failed : result.failures()) {
            out.printf("seed %d: %s%n", failed.seed(), failed.failure());
        }
        for (Soundness.Failed failed : result.failures()) {
            if (!countOnly && shown.size() < SHRUNK) {
                shown.add(shortest(mix, failed));
            }
        }
        shown.forEach(out::println);
        out.flush();
        return result.sound() ? 0 : 1;
    }

    /** A run takes an hour and more; its table comes at the end. */
    private void tell(Instant begin, long played, long failed) {
        PrintWriter err = spec.commandLine().getErr();
        err.printf(
                Locale.ROOT,
                "%,d of %,d histories in %,d s, %,d failed%n",
                played,
                histories,
                Duration.between(begin, Instant.now()).toSeconds(),
                failed);
        err.flush();
    }

    private static String shortest(Mix mix, Soundness.Failed failed) {
        Plan plan = Shrinker.of(failed.failure().kind(), mix).shrink(failed.plan());
        return "%nthe shortest form of seed %d:%n%s%s"
                .formatted(failed.seed(), plan.text(), Player.play(plan, mix, new Tally()));
    }
}
