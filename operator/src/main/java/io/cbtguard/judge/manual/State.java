package io.cbtguard.judge.manual;

/**
 * A reason that says where a condition or an answer stands.
 *
 * @param reason as conditions and decisions spell it
 * @param shownBy kinds that show it
 * @param meaning in one sentence
 * @param next what a person should do; "Nothing." if that is so
 */
public record State(String reason, String shownBy, String meaning, String next) {}
