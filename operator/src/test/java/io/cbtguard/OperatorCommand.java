package io.cbtguard;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command line of an operator that lives for seconds: what it takes to start is most of what it costs. */
final class OperatorCommand {
    private OperatorCommand() {}

    /**
     * @param folder for the archive of its classes and what that needs
     * @param more arguments to those that every one has
     */
    static List<String> of(Path folder, String... more) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + archive(folder),
                "-Xmx256m",
                "-cp",
                classPath(folder),
                "io.cbtguard.Main",
                "--http-bind=127.0.0.1",
                "--http-port=0",
                "--page-port=0"));
        command.addAll(List.of(more));
        return List.copyOf(command);
    }

    /** The archive of the classes that one which was stopped in order has used, for those that are started after it. */
    static Path archive(Path folder) {
        return folder.resolve("operator.jsa");
    }

    /** Our own without the tests. Folders become jars: only classes in jars go into an archive. */
    private static String classPath(Path folder) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(entry -> !entry.endsWith("test-classes"))
                .map(entry -> Files.isDirectory(entry) ? jar(entry, folder) : entry)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path jar(Path classes, Path folder) {
        Path jar = folder.resolve(Integer.toHexString(classes.hashCode()) + ".jar");
        if (Files.exists(jar)) {
            return jar; // of the same sources; an archive is good for unchanged jars only
        }
        Path part = folder.resolve("part.jar");
        try (OutputStream out = Files.newOutputStream(part);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                entries.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, entries);
                entries.closeEntry();
            }
            entries.finish();
            return Files.move(part, jar, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
