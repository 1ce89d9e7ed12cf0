package io.cbtguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.testkit.process.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of the documentation that is made from the code, and is in Git so that people can read it. */
public final class CheckedIn {
    private CheckedIn() {}

    /** The command with which a test writes its page anew: {@code write} is the system property that makes it do so. */
    public static String command(Class<?> test, String write) {
        return "mvn -q -pl operator -am test -Dtest=" + test.getSimpleName()
                + " -Dsurefire.failIfNoSpecifiedTests=false -D" + write + "=true";
    }

    /** Fails if the page is not this text, and says how to mend it; writes it first if the property is set. */
    public static void is(String page, String text, Class<?> test, String write) throws IOException {
        Path file = Checkout.root().resolve(page);
        if (Boolean.getBoolean(write)) {
            Files.writeString(file, text);
        }
        assertThat(Files.exists(file) ? Files.readString(file) : "")
                .as("%s is not what the code says; to mend it run: %s", page, command(test, write))
                .isEqualTo(text);
    }
}
