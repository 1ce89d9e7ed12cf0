package io.cbtguard.reconcile;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** What tells one request for a full from the next: any text that people write, as it goes into records. */
final class RequestTokens {
    private static final int LONGEST = 64;

    private RequestTokens() {}

    /** The text itself, or what stands for it if it is long. */
    static String of(String text) {
        return text.length() <= LONGEST
                ? text
                : text.substring(0, LONGEST / 2) + UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
