package io.cbtguard.simulator.control;

import io.cbtguard.simulator.host.Hosts;
import java.util.Map;
import java.util.function.Consumer;

/** What can be done to hosts; {host} is a moRef or a name. */
final class HostRoutes {
    private HostRoutes() {}

    static void add(ControlPort port, Hosts hosts) {
        port.add("GET", "/hosts", "", "all hosts", request -> hosts.list());
        port.add("GET", "/hosts/{host}", "", "one host", request -> hosts.get(request.name("host")));
        port.add("POST", "/hosts/{host}/build", "version, build", "upgrades or downgrades ESXi", request -> {
            hosts.setBuild(request.name("host"), request.text("version"), request.text("build"));
            return hosts.get(request.name("host"));
        });
        on(port, hosts, "disconnect", "disconnects", hosts::disconnect);
        on(port, hosts, "connect", "reconnects", hosts::connect);
        on(port, hosts, "enterMaintenance", "enters maintenance mode", hosts::enterMaintenance);
        on(port, hosts, "exitMaintenance", "exits maintenance mode", hosts::exitMaintenance);
        on(port, hosts, "loseConnection", "stops answering, without a task", hosts::loseConnection);
        on(port, hosts, "answerAgain", "answers again, without a task", hosts::answerAgain);
        port.add(
                "POST",
                "/hosts",
                "name, version, build, beside",
                "adds a host to the cluster of another",
                request -> Map.of(
                        "moRef",
                        hosts.add(
                                request.text("name"),
                                request.text("version"),
                                request.text("build"),
                                request.text("beside"))));
        port.add("DELETE", "/hosts/{host}", "", "removes a host that has no VMs", request -> {
            hosts.remove(request.name("host"));
            return null;
        });
    }

    private static void on(ControlPort port, Hosts hosts, String action, String text, Consumer<String> run) {
        port.add("POST", "/hosts/{host}/" + action, "", text, request -> {
            run.accept(request.name("host"));
            return hosts.get(request.name("host"));
        });
    }
}
