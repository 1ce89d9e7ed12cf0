package io.cbtguard.preflight;

import java.util.List;

/** The table that people read: one line each, so that it can be searched; what is missing is counted at its end. */
final class Table {
    private static final String HEAD = "CHECK";

    private Table() {}

    static String of(List<Checked> all) {
        int width =
                all.stream().mapToInt(checked -> checked.what().length()).max().orElse(0);
        width = Math.max(width, HEAD.length());
        StringBuilder table = new StringBuilder(line(width, HEAD, "RESULT", "REMARK"));
        for (Checked checked : all) {
            table.append(line(width, checked.what(), checked.result().name(), checked.remark()));
        }
        long missing = all.stream().filter(Checked::isMissing).count();
        return table.append(missing == 0 ? "Nothing is missing.\n" : missing + " of " + all.size() + " are missing.\n")
                .toString();
    }

    /** Names and messages of servers are data: no line of theirs looks like one of ours. */
    private static String line(int width, String what, String result, String remark) {
        return ("%-" + width + "s   %-7s   %s")
                        .formatted(plain(what), result, plain(remark))
                        .stripTrailing()
                + "\n";
    }

    private static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }
}
