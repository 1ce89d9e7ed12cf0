package io.cbtguard.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A history that can be played: what holds for all of it, and its steps. Same plan, same play. */
record Plan(Setup setup, List<Step> steps) {
    Plan {
        steps = List.copyOf(steps);
    }

    Plan with(List<Step> fewer) {
        return new Plan(setup, fewer);
    }

    /** As {@link #parse} reads it. */
    String text() {
        return Stream.concat(Stream.of(setup.text()), steps.stream().map(Step::toString))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** Lines that begin with {@code #} are comments. */
    static Plan parse(String text) {
        List<String> lines = new ArrayList<>(text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList());
        Setup setup = Setup.parse(lines.removeFirst());
        return new Plan(setup, lines.stream().map(Step::parse).toList());
    }
}
