package io.cbtguard.testkit.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;

/**
 * Free loopback ports for servers that cannot tell which one they took. They lie below the range from which the kernel
 * serves outgoing connections: a server that is stopped finds its port free when it comes back.
 */
public final class FreePorts {

    private static final int FROM = 20_000;
    private static final int TO = 32_000;
    private static final Random RANDOM = new Random();

    private FreePorts() {}

    /** As many different ports as asked for, each free a moment ago. */
    public static int[] pick(int count) {
        Set<Integer> ports = new LinkedHashSet<>();
        while (ports.size() < count) {
            int port = RANDOM.nextInt(FROM, TO);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                ports.add(socket.getLocalPort());
            } catch (IOException taken) {
                continue; // the next one
            }
        }
        return ports.stream().mapToInt(Integer::intValue).toArray();
    }
}
