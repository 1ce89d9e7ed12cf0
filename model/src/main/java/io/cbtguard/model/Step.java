package io.cbtguard.model;

/**
 * One step of a history. Which snapshot, disk or fault it concerns follows from its dice and from what exists when it is played,
 * so that the other steps keep a meaning when some are dropped.
 */
record Step(StepKind kind, int dice) {
    @Override
    public String toString() {
        return kind + " " + dice;
    }

    static Step parse(String line) {
        String[] parts = line.strip().split(" ");
        return new Step(StepKind.valueOf(parts[0]), Integer.parseInt(parts[1]));
    }
}
