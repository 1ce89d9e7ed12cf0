package io.cbtguard.judge.manual;

/** Writes the page of reasons. */
final class ReasonsPage {
    private ReasonsPage() {}

    static String text() {
        StringBuilder page = new StringBuilder("""
                # Reasons

                Generated from `io.cbtguard.judge.manual`; to change it, change the table there and run
                `%s`.

                Findings, conditions, decisions and metrics name a reason from this closed list. Every reason is a heading, so that
                messages can link to it. "Kills" says which change IDs are not trusted any more; a dead one stays dead until its cure.

                ## Causes

                In the order in which ties are broken when several causes have the same time.

                """.formatted(ReasonsPageTest.REGENERATE));
        page.append("| reason | scope | cure | standing |\n|---|---|---|---|\n");
        for (Cause c : Causes.all()) {
            page.append("| [%s](#%s) | %s | %s | %s |%n"
                    .formatted(
                            c.reason(),
                            c.anchor(),
                            c.scope(),
                            c.cure(),
                            c.standing().words()));
        }
        for (Cause c : Causes.all()) {
            page.append("""

                    ### %s
                    %s

                    * **Scope:** %s
                    * **Kills:** change IDs: %s
                    * **Cure:** %s
                    * **Makes Suspect:** %s
                    * **Source:** %s
                    * **Standing:** %s
                    """.formatted(
                            c.reason(),
                            c.cause(),
                            c.scope(),
                            c.kills(),
                            c.cure(),
                            c.suspects(),
                            c.source().isEmpty() ? "-" : c.source(),
                            c.standing().words()));
        }
        page.append("\n## States and answers\n");
        for (State s : States.all()) {
            page.append(
                    "\n### %s\n%s: %s **What to do:** %s\n".formatted(s.reason(), s.shownBy(), s.meaning(), s.next()));
        }
        return page.toString();
    }
}
