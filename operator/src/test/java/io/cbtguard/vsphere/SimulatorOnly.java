package io.cbtguard.vsphere;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Writes down which behaviours of a vCenter are tested on both vCenters, and which on the simulator alone. */
final class SimulatorOnly {
    private final List<Class<?>> classes;

    /**
     * @param classes test classes, those of both vCenters among them
     */
    SimulatorOnly(List<Class<?>> classes) {
        this.classes = classes.stream()
                .sorted(Comparator.comparing(Class::getSimpleName))
                .toList();
    }

    /** A page of Markdown. */
    String page(String regenerate) {
        List<String> lines = new ArrayList<>(List.of(
                "# What only the simulator can show",
                "",
                "Generated from the tests of the `vsphere` port; not to be edited. To write it anew:",
                "",
                "```",
                regenerate,
                "```",
                "",
                "## Shown on the simulator and on stock vcsim",
                ""));
        lines.addAll(sentences(shared()).map(sentence -> "* " + sentence).toList());
        lines.addAll(List.of("", "For stock vcsim the shared tests make allowance where it lacks:", ""));
        Stream.of(VcenterWatchFixture.Server.class.getDeclaredMethods())
                .map(method -> method.getAnnotation(VcsimLacks.class))
                .filter(lacks -> lacks != null)
                .map(lacks -> "* " + lacks.value())
                .sorted()
                .forEach(lines::add);
        lines.addAll(List.of(
                "",
                "## Shown on the simulator alone",
                "",
                "| behaviour | what stock vcsim lacks for it |",
                "|---|---|"));
        tests(onlyOn("simulator"))
                .map(test -> "| " + sentence(test) + " | " + lack(test) + " |")
                .forEach(lines::add);
        lines.addAll(List.of("", "## Shown on stock vcsim alone", ""));
        lines.addAll(sentences(onlyOn("vcsim")).map(sentence -> "* " + sentence).toList());
        return String.join("\n", lines) + "\n";
    }

    /** Tests on the simulator alone that do not say why. */
    List<String> unexplained() {
        return tests(onlyOn("simulator"))
                .filter(test -> test.getAnnotation(VcsimLacks.class) == null)
                .map(Method::getName)
                .toList();
    }

    private static Stream<Class<?>> shared() {
        return Stream.of(VcenterWatchContract.class, VcenterOutageContract.class);
    }

    private Stream<Class<?>> onlyOn(String tag) {
        return classes.stream().filter(type -> {
            Tag own = type.getAnnotation(Tag.class);
            return own != null && own.value().equals(tag);
        });
    }

    private static Stream<String> sentences(Stream<Class<?>> types) {
        return tests(types).map(SimulatorOnly::sentence);
    }

    private static Stream<Method> tests(Stream<Class<?>> types) {
        return types.flatMap(type -> Stream.of(type.getDeclaredMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(method -> method.getAnnotation(Test.class) != null
                        || method.getAnnotation(ParameterizedTest.class) != null)
                .sorted(Comparator.comparing(Method::getName)));
    }

    private static String sentence(Method test) {
        return test.getName().replace("_s_", "'s ").replace('_', ' ');
    }

    private static @Nullable String lack(Method test) {
        VcsimLacks lacks = test.getAnnotation(VcsimLacks.class);
        return lacks == null ? "-" : lacks.value();
    }
}
