package io.cbtguard.simulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.cbtguard.simulator.Simulator;
import io.cbtguard.simulator.fault.FaultRule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What can be done to the vCenter as a whole: history, sessions, faults, clock. */
final class ServerRoutes {
    private ServerRoutes() {}

    static void add(ControlPort port, Simulator simulator) {
        about(port, simulator);
        history(port, simulator);
        sessions(port, simulator);
        faults(port, simulator);
    }

    private static void about(ControlPort port, Simulator simulator) {
        port.add(
                "GET",
                "/about",
                "",
                "where to connect and whom to trust",
                request -> Map.of(
                        "sdk", simulator.sdkUri().toString(),
                        "instanceUuid", simulator.instanceUuid(),
                        "caPem", simulator.caPem(),
                        "thumbprint", simulator.thumbprint(),
                        "username", simulator.userName()));
        port.add("GET", "/journal", "", "calls so far, by operation", request -> simulator
                .journal()
                .counts());
        port.add("DELETE", "/journal", "", "counts from nought again", request -> {
            simulator.journal().clear();
            return null;
        });
        port.add("POST", "/clock", "offset", "moves vCenter's clock: an ISO 8601 duration, such as PT-5M", request -> {
            simulator.setClockOffset(Duration.parse(request.text("offset")));
            return null;
        });
        port.add("POST", "/tasks/duration", "millis", "how long every task takes", request -> {
            simulator.setTaskDuration(Duration.ofMillis(request.number("millis")));
            return null;
        });
        port.add("POST", "/tasks/failNext", "task, fault", "the next task with a descriptionId fails", request -> {
            simulator.failNextTask(request.text("task"), request.text("fault"));
            return null;
        });
        port.add(
                "POST",
                "/versions",
                "versions, strict?",
                "the listed API versions, newest first, by commas",
                request -> {
                    simulator
                            .versions()
                            .set(List.of(request.text("versions").split(",", -1)), request.flag("strict", false));
                    return null;
                });
        port.add("POST", "/settings", "name, value", "sets a setting of the OptionManager", request -> {
            JsonNode value = request.body().path("value");
            simulator.setSetting(
                    request.text("name"),
                    value.isInt() ? value.intValue() : value.isBoolean() ? value.booleanValue() : value.asText());
            return null;
        });
    }

    private static void history(ControlPort port, Simulator simulator) {
        port.add(
                "POST",
                "/events/expire",
                "before?",
                "forgets events and tasks before an instant; without one all",
                request -> {
                    String before = request.textOrNull("before");
                    simulator.expireHistory(before == null ? null : Instant.parse(before));
                    return null;
                });
        port.add("POST", "/events/mergeBursts", "on", "whether bursts of identical events are merged", request -> {
            simulator.setMergesBursts(request.flag("on", true));
            return null;
        });
        port.add("POST", "/events/nextKey", "key", "the key of the next event", request -> {
            simulator.setNextEventKey((int) request.number("key"));
            return null;
        });
        port.add("GET", "/events", "", "the newest 200 events", request -> simulator.newestEvents(200));
    }

    private static void sessions(ControlPort port, Simulator simulator) {
        port.add("GET", "/sessions", "", "open API sessions", request -> simulator.openSessions());
        port.add("POST", "/sessions/kill", "", "ends all API sessions", request -> {
            simulator.killSessions();
            return null;
        });
        port.add("POST", "/sessions/limit", "count", "open sessions beyond which logins get 503", request -> {
            simulator.setSessionLimit((int) request.number("count"));
            return null;
        });
        port.add("POST", "/sessions/timeout", "seconds", "idle time after which a session ends", request -> {
            simulator.setSessionTimeout(Duration.ofSeconds(request.number("seconds")));
            return null;
        });
        port.add(
                "POST",
                "/restart",
                "downtimeMillis?, loseHistory?",
                "restarts vCenter: sessions gone, 503 meanwhile",
                request -> {
                    simulator.restart(
                            Duration.ofMillis(request.number("downtimeMillis", 0)), request.flag("loseHistory", false));
                    return null;
                });
        port.add("POST", "/accounts", "user, password", "adds an account or changes its password", request -> {
            simulator.accounts().set(request.text("user"), request.text("password"));
            return null;
        });
        port.add("POST", "/privileges/deny", "user, privilege", "takes a privilege from a user", request -> {
            simulator.privileges().deny(request.text("user"), request.text("privilege"));
            return null;
        });
        port.add("POST", "/privileges/hide", "user, vm, hidden?", "takes a VM out of a user's sight", request -> {
            simulator.setHidden(request.text("user"), request.text("vm"), request.flag("hidden", true));
            return null;
        });
        port.add(
                "POST",
                "/privileges/withhold",
                "user, vm, path, withheld?",
                "takes a property from a user, who finds it in the missingSet",
                request -> {
                    simulator.setWithheld(
                            request.text("user"),
                            request.text("vm"),
                            request.text("path"),
                            request.flag("withheld", true));
                    return null;
                });
        port.add("POST", "/privileges/grantAll", "user", "gives a user everything again", request -> {
            simulator.privileges().grantAll(request.text("user"));
            return null;
        });
    }

    private static void faults(ControlPort port, Simulator simulator) {
        port.add("GET", "/faults", "", "the rules in force", request -> simulator
                .faults()
                .all()
                .toString());
        port.add(
                "POST",
                "/faults",
                "method, kind (soap_fault, http_status, delay, drop, drop_answer, half_open, cut, garbage), probability?,"
                        + " count?, fault?, status?, delayMillis?",
                "adds a rule",
                request -> {
                    FaultRule.Kind kind =
                            FaultRule.Kind.valueOf(request.text("kind").toUpperCase(Locale.ROOT));
                    simulator
                            .faults()
                            .add(FaultRule.of(request.text("method", "*"), kind)
                                    .withProbability(Double.parseDouble(request.text("probability", "1")))
                                    .times((int) request.number("count", -1))
                                    .withFault(request.text("fault", "NotAuthenticated"))
                                    .withStatus((int) request.number("status", 503))
                                    .withDelay(Duration.ofMillis(request.number("delayMillis", 500))));
                    return null;
                });
        port.add("DELETE", "/faults", "", "removes all rules", request -> {
            simulator.faults().clear();
            return null;
        });
    }
}
