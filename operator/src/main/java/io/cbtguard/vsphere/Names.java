package io.cbtguard.vsphere;

/** Names as vCenter keeps them: {@code /}, {@code \} and {@code %} are stored as percent codes. */
final class Names {
    private Names() {}

    static String decoded(String name) {
        if (name.indexOf('%') < 0) {
            return name;
        }
        return name.replaceAll("(?i)%2f", "/").replaceAll("(?i)%5c", "\\\\").replace("%25", "%");
    }
}
