package io.cbtguard.image;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cbtguard.chart.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a container engine does for a pod, as far as it matters here: a process in a root file system of its own that is mounted
 * read-only, with an empty {@code /tmp}, as a user without privileges, with nothing in its environment but what it is given.
 * Network and process ids are the machine's. Root does it by chroot, anybody else by user namespaces.
 */
final class RootFileSystem {
    private static final String MOUNT = """
            set -e
            root=$1
            shift
            mount --bind "$root" "$root"
            mount --rbind /proc "$root/proc"
            mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
            mount -o remount,bind,ro "$root"
            exec "$@"
            """;

    private final Path root;
    private final String user;
    private final boolean isRoot =
            System.getProperty("user.name").equals("root") && !Boolean.getBoolean("image.rootless");

    /** @param user id and group, with a colon */
    RootFileSystem(Path root, String user) {
        this.root = root;
        this.user = user;
    }

    /** Skips the test where the machine lets nobody do this. */
    void skipUnlessPossible() {
        var tried = Tool.run(
                List.of("unshare", isRoot ? "-m" : "-rm", "mount", "--bind", root.toString(), root.toString()));
        assumeTrue(
                tried.exit() == 0,
                "neither root nor user namespaces with mounts are to be had here: "
                        + tried.output().strip());
    }

    /**
     * A command that ends up as the process itself, under the same process id.
     *
     * @param environment each as {@code NAME=value}
     * @param command its first word is looked for in the environment's PATH
     */
    List<String> command(List<String> environment, List<String> command) throws IOException {
        List<String> all = new ArrayList<>(List.of("unshare", isRoot ? "-m" : "-rm", "sh", "-c", MOUNT, "sh"));
        all.add(root.toString());
        all.addAll(List.of("env", "-i"));
        all.addAll(environment);
        all.addAll(isRoot ? asRoot() : asAnybody());
        all.add(program(environment, command.getFirst()));
        all.addAll(command.subList(1, command.size()));
        return all;
    }

    private List<String> asRoot() {
        return List.of(tool("chroot"), "--userspec=" + user, root.toString());
    }

    private List<String> asAnybody() {
        String[] ids = user.split(":");
        return List.of(
                tool("unshare"), "-U", "--map-user=" + ids[0], "--map-group=" + ids[1], "--root=" + root, "--wd=/");
    }

    /** With its path, as the environment is empty by then; Debian has some where PATH of a user does not. */
    private static String tool(String name) {
        return Tool.find(name).orElse(Path.of("/usr/sbin", name)).toString();
    }

    private String program(List<String> environment, String name) throws IOException {
        return environment.stream()
                .filter(variable -> variable.startsWith("PATH="))
                .flatMap(path -> Stream.of(path.substring("PATH=".length()).split(":")))
                .map(folder -> folder + "/" + name)
                .filter(program -> Files.isExecutable(Path.of(root + program)))
                .findFirst()
                .orElseThrow(() -> new IOException(name + " is nowhere in the image's PATH"));
    }
}
