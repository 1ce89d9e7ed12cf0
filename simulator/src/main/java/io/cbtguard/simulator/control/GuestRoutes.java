package io.cbtguard.simulator.control;

import io.cbtguard.simulator.Simulator;
import java.util.Map;

/** What guests and people do to VMs by the way: load, custom attributes, tags. */
final class GuestRoutes {
    private GuestRoutes() {}

    static void add(ControlPort port, Simulator simulator) {
        port.add(
                "POST",
                "/load",
                "writesPerSecond?, writes?",
                "guests write at random: on and on at a rate (0 stops it), or so many times at once",
                request -> {
                    if (request.textOrNull("writesPerSecond") != null) {
                        simulator.load().run(Double.parseDouble(request.text("writesPerSecond")));
                    }
                    simulator.load().write((int) request.number("writes", 0));
                    return Map.of("writes", simulator.load().writes());
                });
        port.add(
                "POST",
                "/vms/{vm}/tag",
                "category, tag, user?",
                "hangs a tag on a VM, and makes tag and category if need be",
                request -> {
                    simulator
                            .tags()
                            .attach(
                                    simulator.vms().get(request.name("vm")).moRef(),
                                    request.text("category"),
                                    request.text("tag"),
                                    request.text("user", Simulator.CONTROL_USER));
                    return null;
                });
        port.add(
                "POST",
                "/vms/{vm}/customValue",
                "name, value, user?",
                "sets a custom attribute, and defines it if need be",
                request -> {
                    simulator.setCustomValue(
                            request.name("vm"),
                            request.text("name"),
                            request.text("value"),
                            request.text("user", Simulator.CONTROL_USER));
                    return null;
                });
    }
}
