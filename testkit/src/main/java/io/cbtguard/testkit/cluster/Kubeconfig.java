package io.cbtguard.testkit.cluster;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The text of a kubeconfig that needs no other file. */
final class Kubeconfig {

    private Kubeconfig() {}

    static String of(URI server, String caPem, String token) {
        var ca = Base64.getEncoder().encodeToString(caPem.getBytes(StandardCharsets.US_ASCII));
        return """
                apiVersion: v1
                kind: Config
                clusters:
                - name: default
                  cluster:
                    server: %s
                    certificate-authority-data: %s
                users:
                - name: default
                  user:
                    token: %s
                contexts:
                - name: default
                  context: {cluster: default, user: default}
                current-context: default
                """.formatted(server, ca, token);
    }
}
