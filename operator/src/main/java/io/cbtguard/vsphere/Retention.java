package io.cbtguard.vsphere;

import com.vmware.vim25.OptionValue;
import com.vmware.vim25.VimPortType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long vCenter keeps events, by its own options. */
final class Retention {
    private Retention() {}

    /** @return null if it cannot be read, or if events are kept for ever */
    static @Nullable Duration read(VimPortType port, ApiSession session) {
        Object enabled = option(port, session, "event.maxAgeEnabled");
        Object days = option(port, session, "event.maxAge");
        if (Boolean.FALSE.equals(enabled) || "false".equals(String.valueOf(enabled)) || days == null) {
            return null;
        }
        try {
            return Duration.ofDays(Long.parseLong(String.valueOf(days)));
        } catch (NumberFormatException unreadable) {
            return null;
        }
    }

    private static @Nullable Object option(VimPortType port, ApiSession session, String key) {
        try {
            for (OptionValue value : port.queryOptions(session.content().getSetting(), key)) {
                if (key.equals(value.getKey())) {
                    return value.getValue();
                }
            }
        } catch (Exception notReadable) {
            // A question of privileges and versions; what is not known is not shown.
        }
        return null;
    }
}
