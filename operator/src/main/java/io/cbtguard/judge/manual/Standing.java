package io.cbtguard.judge.manual;

/** How well a cause is founded, and whether it is judged. */
public enum Standing {
    SOURCED("sourced"),
    INFERRED("inferred from what is documented, not itself documented"),
    POLICY("a policy's or a person's word, no statement about tracking"),
    OWN("follows from how CBT Guard keeps its record"),
    NOT_JUDGED("not judged yet: no finding of this reason is made"),
    UNVERIFIED("unverified: no source text was found; disabled");

    private final String words;

    Standing(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
