package io.cbtguard.testkit.demo;

/** Names that {@code examples/quickstart} uses. */
final class QuickStart {
    static final String NAMESPACE = "shop";
    static final String VM = "web-01";
    static final String VCENTER = "lab";

    private QuickStart() {}
}
