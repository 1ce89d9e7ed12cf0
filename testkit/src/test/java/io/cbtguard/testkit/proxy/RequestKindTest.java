package io.cbtguard.testkit.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestKindTest {

    @ParameterizedTest
    @CsvSource({
        "GET,    /api/v1/namespaces/a/configmaps?watch=true,                            READ",
        "POST,   /api/v1/namespaces/a/configmaps,                                       WRITE",
        "PATCH,  /apis/cbtguard.io/v1alpha1/namespaces/a/vmbackups/b/status?force=true, WRITE",
        "PUT,    /apis/cbtguard.io/v1alpha1/namespaces/a/vmrecords/b,                   WRITE",
        "DELETE, /api/v1/namespaces/events/configmaps/c,                                WRITE",
        "PUT,    /apis/coordination.k8s.io/v1/namespaces/a/leases/b,                    HOUSEKEEPING",
        "POST,   /api/v1/namespaces/a/events,                                           HOUSEKEEPING",
        "PATCH,  /apis/events.k8s.io/v1/namespaces/a/events/b,                          HOUSEKEEPING",
        "POST,   /apis/authorization.k8s.io/v1/selfsubjectaccessreviews,                READ",
        "PATCH,  /api/v1/namespaces/a/configmaps/b?dryRun=All,                          READ",
    })
    void onlyWhatChangesTheWorkloadIsAWrite(String verb, String path, RequestKind kind) {
        assertThat(RequestKind.of(verb, path)).isEqualTo(kind);
    }
}
