package io.cbtguard.testkit.demo;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Command lines of our own main classes, run by the JDK that runs this. Their jars are copied first: a JVM that outlives the next
 * build must not have its classes replaced under it.
 */
final class Java {
    private Java() {}

    /**
     * A main class that is on our own class path.
     *
     * @param copies folder for the copies of the jars
     */
    static List<String> own(Path copies, String mainClass, List<String> jvm, List<String> arguments) {
        var entries = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
        return command(copies, entries, mainClass, jvm, arguments);
    }

    /** The operator as {@code mvn package} leaves it: its jar and the libraries beside it. */
    static List<String> operator(Path root, Path copies, List<String> jvm, List<String> arguments) {
        Path jar = root.resolve("operator/target/cbtguard-operator.jar");
        Path libraries = root.resolve("operator/target/lib");
        if (!Files.exists(jar) || !Files.isDirectory(libraries)) {
            throw new IllegalStateException(
                    jar + " or lib/ beside it is missing: run tools/package.sh in " + root + " first");
        }
        List<Path> entries = new ArrayList<>(List.of(jar));
        try (var files = Files.list(libraries)) {
            files.sorted().forEach(entries::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return command(copies, entries, "io.cbtguard.Main", jvm, arguments);
    }

    private static List<String> command(
            Path copies, List<Path> entries, String mainClass, List<String> jvm, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(List.of("-cp", copied(entries, copies), mainClass));
        command.addAll(arguments);
        return command;
    }

    private static String copied(List<Path> entries, Path copies) {
        try {
            Files.createDirectories(copies);
            List<Path> classPath = new ArrayList<>();
            for (Path entry : entries) {
                if (Files.isRegularFile(entry)) {
                    Path copy = copies.resolve(entry.getFileName());
                    classPath.add(Files.copy(entry, copy, StandardCopyOption.REPLACE_EXISTING));
                } else {
                    classPath.add(entry.toAbsolutePath()); // classes/ in an IDE or a test
                }
            }
            return classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
