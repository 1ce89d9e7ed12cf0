package io.cbtguard.page;

import io.cbtguard.explain.Estate;
import io.cbtguard.explain.Guarded;
import io.cbtguard.inventory.EsxBuild;
import io.cbtguard.inventory.Host;
import io.cbtguard.inventory.Snapshot;
import io.cbtguard.inventory.VirtualMachine;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds what a question names, or says what there is. */
final class Named {
    private static final Pattern BUILD = Pattern.compile("([0-9]+\\.[0-9]+\\.[0-9]+)-([0-9]{1,18})");
    private static final int SHOWN = 20;

    private Named() {}

    static Guarded vm(Estate estate, String fullName) {
        String[] names = pair(fullName, "vm");
        return estate.vm(names[0], names[1])
                .orElseThrow(() -> new UnanswerableException(
                        404,
                        "there is no ProtectedVM " + fullName + "; "
                                + listed(
                                        "in that namespace",
                                        estate.lines().stream()
                                                .filter(l -> l.namespace().equals(names[0]))
                                                .map(Estate.Line::name))
                                + " (GET / lists all)"));
    }

    /** @return namespace and name */
    static String[] pair(String fullName, String what) {
        String[] names = fullName.split("/", -1);
        if (names.length != 2) {
            throw new UnanswerableException(400, what + " must be NAMESPACE/NAME, not " + fullName);
        }
        return names;
    }

    static Host host(Estate estate, String vcenter, String name) {
        String[] names = pair(vcenter, "vcenter");
        List<Host> hosts = estate.hosts(names[0], names[1])
                .orElseThrow(() -> new UnanswerableException(
                        404, "there is no VCenter " + vcenter + " that this operator watches and has seen"));
        return hosts.stream()
                .filter(h -> h.name().equals(name) || h.moRef().equals(name))
                .findFirst()
                .orElseThrow(() -> new UnanswerableException(
                        404,
                        "there is no host " + name + "; "
                                + listed("at " + vcenter, hosts.stream().map(h -> h.name() + " (" + h.moRef() + ")"))));
    }

    static EsxBuild build(String text) {
        Matcher matcher = BUILD.matcher(text);
        if (!matcher.matches()) {
            throw new UnanswerableException(
                    400, "build must be a three-part version and a build, such as 7.0.3-21424296, not " + text);
        }
        return new EsxBuild(matcher.group(1), Long.parseLong(matcher.group(2)));
    }

    static Snapshot snapshot(VirtualMachine vm, String name) {
        List<Snapshot> named = vm.snapshots().stream()
                .filter(s -> s.moRef().equals(name) || s.name().equals(name))
                .toList();
        if (named.size() != 1) {
            throw new UnanswerableException(
                    404,
                    (named.isEmpty() ? "there is no snapshot " : "several snapshots are called ") + name + "; "
                            + listed(
                                    "of this VM", vm.snapshots().stream().map(s -> s.name() + " (" + s.moRef() + ")")));
        }
        return named.getFirst();
    }

    private static String listed(String where, Stream<String> names) {
        List<String> sorted = names.sorted().toList();
        if (sorted.isEmpty()) {
            return where + " there is none";
        }
        return where + " there is "
                + sorted.stream().limit(SHOWN).collect(Collectors.joining(", "))
                + (sorted.size() > SHOWN ? " and " + (sorted.size() - SHOWN) + " more" : "");
    }
}
