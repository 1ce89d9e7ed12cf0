package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.Tls;
import io.cbtguard.api.v1alpha1.VCenter;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.EventSourceStartPriority;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The Secrets and ConfigMaps that VCenters name, from informers; a change of one has the VCenters that name it looked at. */
final class ConnectionObjects implements Connection.Sources {
    private final Informed informed;
    private final Set<String> namespaces;
    private @Nullable InformerEventSource<Secret, VCenter> secrets;
    private @Nullable InformerEventSource<ConfigMap, VCenter> configMaps;

    ConnectionObjects(Informed informed, Set<String> namespaces) {
        this.informed = informed;
        this.namespaces = namespaces;
    }

    List<EventSource<?, VCenter>> prepare(EventSourceContext<VCenter> context) {
        InformerEventSource<Secret, VCenter> ofSecrets = source(Secret.class, context, ConnectionObjects::usesSecret);
        InformerEventSource<ConfigMap, VCenter> ofConfigMaps =
                source(ConfigMap.class, context, ConnectionObjects::usesConfigMap);
        secrets = ofSecrets;
        configMaps = ofConfigMaps;
        return List.of(ofSecrets, ofConfigMaps);
    }

    @Override
    public Optional<Secret> secret(ResourceID id) {
        return Objects.requireNonNull(secrets).get(id);
    }

    @Override
    public Optional<ConfigMap> configMap(ResourceID id) {
        return Objects.requireNonNull(configMaps).get(id);
    }

    private <R extends HasMetadata> InformerEventSource<R, VCenter> source(
            Class<R> kind, EventSourceContext<VCenter> context, BiPredicate<VCenter, String> uses) {
        var source = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(kind, VCenter.class)
                        .withNamespaces(namespaces)
                        .withPrimaryToSecondaryMapper((VCenter vcenter) -> Set.of())
                        .withSecondaryToPrimaryMapper(object -> informed.vcenters().stream()
                                .filter(vcenter -> vcenter.getMetadata()
                                        .getNamespace()
                                        .equals(object.getMetadata().getNamespace()))
                                .filter(vcenter ->
                                        uses.test(vcenter, object.getMetadata().getName()))
                                .map(ResourceID::fromResource)
                                .collect(Collectors.toSet()))
                        .build(),
                context);
        source.setEventSourcePriority(EventSourceStartPriority.RESOURCE_STATE_LOADER); // synced before "synced" is said
        return source;
    }

    private static boolean usesSecret(VCenter vcenter, String name) {
        return vcenter.getSpec().credentialsSecretRef().name().equals(name) || uses(vcenter, Tls.Kind.Secret, name);
    }

    private static boolean usesConfigMap(VCenter vcenter, String name) {
        return uses(vcenter, Tls.Kind.ConfigMap, name);
    }

    private static boolean uses(VCenter vcenter, Tls.Kind kind, String name) {
        Tls.CaBundleRef ca = vcenter.getSpec().tls().caBundleRef();
        return ca != null && ca.kind() == kind && ca.name().equals(name);
    }
}
