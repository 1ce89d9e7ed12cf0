package io.cbtguard.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.cbtguard.api.v1alpha1.BackupPolicy;
import io.cbtguard.api.v1alpha1.CBTAdvisory;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.VCenter;
import io.cbtguard.api.v1alpha1.VMBackup;
import io.cbtguard.api.v1alpha1.VMRestore;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java model and the API server mean the same. */
@Tag("cluster")
class ModelIT {
    static Stream<Arguments> smallest() {
        return Stream.of(
                Arguments.of(VCenter.class, Specs.vcenter("tls: {caBundleRef: {name: ca}}")),
                Arguments.of(BackupPolicy.class, Specs.policy("")),
                Arguments.of(ProtectedVM.class, Specs.protectedVm("name: web-01")),
                Arguments.of(CBTAdvisory.class, Specs.advisory("trigger: Note")),
                Arguments.of(VMRestore.class, Specs.restore("")),
                Arguments.of(VMBackup.class, Specs.reported("key: 2000, read: All")));
    }

    @AfterAll
    static void dropNamespaces() {
        ApiServer.dropNamespaces();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("smallest")
    <T extends CustomResource<?, ?>> void anObjectMadeInJavaHasTheDefaultsOfAStoredOne(Class<T> kind, String body) {
        T made = Serialization.unmarshal(body, kind);
        made.getMetadata().setName("smallest");
        Object spec = made.getSpec();

        var resource = ApiServer.admin().resource(made);
        T stored = made instanceof Namespaced
                ? resource.inNamespace(ApiServer.freshNamespace()).create()
                : resource.create();

        assertThat((Object) stored.getSpec()).isEqualTo(spec);
        resource.delete();
    }
}
