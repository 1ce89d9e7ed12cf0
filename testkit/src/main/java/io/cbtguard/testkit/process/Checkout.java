package io.cbtguard.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the checkout is, and where the tools built from it are. */
public final class Checkout {

    private Checkout() {}

    /**
     * The root of the checkout: the system property {@code cbtguard.root}, else the nearest folder above the working
     * directory that holds {@code tools/build.sh}.
     *
     * @throws IllegalStateException outside a checkout
     */
    public static Path root() {
        var given = System.getProperty("cbtguard.root");
        if (given != null) {
            return Path.of(given).toAbsolutePath();
        }
        for (@Nullable Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
            if (Files.exists(p.resolve("tools/build.sh"))) {
                return p;
            }
        }
        throw new IllegalStateException("no tools/build.sh in or above "
                + Path.of("").toAbsolutePath() + "; start inside the checkout or set -Dcbtguard.root");
    }

    /**
     * A built tool, such as {@code etcd}.
     *
     * @throws IllegalStateException if the tools of this checkout are not built, with the command that builds them
     */
    public static Path tool(String name) {
        return findTool(name)
                .orElseThrow(() -> new IllegalStateException(name + " is not built: run `make tools` in " + root()
                        + " (about nine minutes the first time)"));
    }

    /** A built tool, or empty if the tools of this checkout are not built. */
    public static Optional<Path> findTool(String name) {
        return Tools.FOLDER.map(folder -> folder.resolve(name)).filter(Files::isExecutable);
    }

    /** A Python with the clients of tools/python/requirements.txt, or empty before {@code make ci-deps}. */
    public static Optional<Path> findPython() {
        return ask("tools/python.sh", "--print-path");
    }

    /** Asked once per JVM: the build script knows the folder, as it depends on what the tools are built from. */
    private static final class Tools {
        static final Optional<Path> FOLDER = ask("tools/build.sh", "--print-dir");
    }

    private static Optional<Path> ask(String script, String question) {
        try {
            var process = new ProcessBuilder("bash", root().resolve(script).toString(), question)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            var answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? Optional.of(Path.of(answer)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
