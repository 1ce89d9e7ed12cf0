package io.cbtguard.testkit.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Tells the story on a screen: a headline per step, what was seen, and at the end how long each step took. */
final class Narrator {
    private final PrintStream out;
    private final List<String> summary = new ArrayList<>();
    private Instant began = Instant.now();
    private String title = "";

    Narrator(PrintStream out) {
        this.out = out;
    }

    /** Begins a step. */
    void step(String headline) {
        end();
        title = headline;
        began = Instant.now();
        out.printf("%n--- %d. %s%n", summary.size() + 1, headline);
    }

    void say(String text) {
        text.lines().forEach(line -> out.println("  " + line));
    }

    /** A command and what it printed. */
    void shown(String command, String printed) {
        say(command);
        printed.stripTrailing().lines().forEach(line -> out.println("    " + line));
    }

    /** Ends the last step and prints how long each took. */
    void theEnd() {
        end();
        out.println();
        out.println("--- Every step came out as expected:");
        summary.forEach(out::println);
    }

    private void end() {
        if (!title.isEmpty()) {
            String took = Progress.seconds(Duration.between(began, Instant.now()));
            say("(step took " + took + ")");
            summary.add(String.format("  %2d. %-66s %9s", summary.size() + 1, title, took));
            title = "";
        }
    }
}
