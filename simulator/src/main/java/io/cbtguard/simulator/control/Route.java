package io.cbtguard.simulator.control;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing that the control port can do.
 *
 * @param method GET, POST or DELETE
 * @param path with names in braces, such as {@code /vms/{vm}/write}
 * @param body the fields of the JSON body, for people to read
 * @param text what it does
 */
record Route(String method, String path, String body, String text, Action action) {
    /** Carries it out; the result becomes JSON, null an empty object. */
    interface Action {
        @Nullable Object run(ControlRequest request);
    }

    /** The values of the names in the path, if this route is meant. */
    Optional<Map<String, String>> match(String calledMethod, String calledPath) {
        String[] wanted = path.split("/", -1);
        String[] called = calledPath.split("/", -1);
        if (!method.equals(calledMethod) || wanted.length != called.length) {
            return Optional.empty();
        }
        Map<String, String> names = new HashMap<>();
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].startsWith("{")) {
                names.put(wanted[i].substring(1, wanted[i].length() - 1), called[i]);
            } else if (!wanted[i].equals(called[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(names);
    }
}
