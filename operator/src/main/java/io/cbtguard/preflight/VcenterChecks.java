package io.cbtguard.preflight;

import io.cbtguard.api.v1alpha1.VCenter;
import io.cbtguard.inventory.VcenterAbout;
import io.cbtguard.reconcile.Connection;
import io.cbtguard.vsphere.Inspection;
import io.cbtguard.vsphere.Inspection.Privilege;
import io.cbtguard.vsphere.Outage;
import io.cbtguard.vsphere.VcenterTarget;
import io.cbtguard.vsphere.VcenterUnavailableException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a VCenter can be watched: its Secret, the way there, the account's privileges. */
final class VcenterChecks {
    private VcenterChecks() {}

    static String name(VCenter vcenter) {
        return "VCenter " + fullName(vcenter);
    }

    private static String fullName(VCenter vcenter) {
        return vcenter.getMetadata().getNamespace() + "/"
                + vcenter.getMetadata().getName();
    }

    static List<Checked> check(KubernetesClient client, VCenter vcenter) {
        String name = name(vcenter);
        if (vcenter.getSpec().suspend()) {
            return List.of(Checked.note(name, "spec.suspend is true: it is not watched, and was not looked at"));
        }
        Connection connection = Connection.of(vcenter, new Direct(client));
        if (!connection.usable()) {
            return List.of(Checked.missing(name + ": Secret and certificate authority", connection.message()));
        }
        List<Checked> all = new ArrayList<>();
        all.add(Checked.ok(name + ": Secret and certificate authority", ""));
        all.addAll(inspect(
                name,
                connection.target(fullName(vcenter), null, pinned(vcenter)).apply(null)));
        return all;
    }

    private static @Nullable String pinned(VCenter vcenter) {
        return vcenter.getStatus() == null || vcenter.getStatus().about() == null
                ? null
                : vcenter.getStatus().about().instanceUuid();
    }

    private static List<Checked> inspect(String name, VcenterTarget target) {
        try {
            Inspection seen = Inspection.of(target);
            VcenterAbout about = seen.about();
            List<Checked> all = new ArrayList<>();
            all.add(Checked.ok(
                    name + ": connection, certificate, login",
                    "vCenter " + about.version() + " build " + about.build() + ", API " + about.apiVersion()));
            seen.privileges().forEach(privilege -> all.add(privilege(name, privilege)));
            all.add(retention(name, seen.eventRetention()));
            return all;
        } catch (VcenterUnavailableException away) {
            return List.of(Checked.missing(name + ": " + step(away.outage()), Objects.toString(away.getMessage(), "")));
        }
    }

    private static String step(Outage outage) {
        return switch (outage) {
            case UNREACHABLE -> "connection";
            case CERTIFICATE_REJECTED -> "certificate";
            case CREDENTIALS_REJECTED -> "login";
            case PRIVILEGES_MISSING -> "privileges";
            case REPLACED -> "identity";
            case UNSUPPORTED -> "version";
        };
    }

    private static Checked privilege(String name, Privilege privilege) {
        String what = name + ": privilege " + privilege.name();
        String why = "is needed " + privilege.purpose();
        return switch (privilege.granted()) {
            case YES -> Checked.ok(what, "");
            case UNKNOWN -> Checked.note(what, "this server does not tell; it " + why);
            case NO -> {
                String remark = "the account lacks it on the root folder; it " + why + ", propagating";
                yield privilege.isNeeded() ? Checked.missing(what, remark) : Checked.note(what, remark);
            }
        };
    }

    private static Checked retention(String name, @Nullable Duration retention) {
        String what = name + ": event retention";
        return retention == null
                ? Checked.note(what, "events are kept for ever, or the account may not read for how long")
                : Checked.ok(what, retention.toDays() + " days; an outage of the operator may last no longer");
    }

    /** Read when asked for. */
    private record Direct(KubernetesClient client) implements Connection.Sources {
        @Override
        public Optional<Secret> secret(ResourceID id) {
            return Optional.ofNullable(client.secrets()
                    .inNamespace(id.getNamespace().orElseThrow())
                    .withName(id.getName())
                    .get());
        }

        @Override
        public Optional<ConfigMap> configMap(ResourceID id) {
            return Optional.ofNullable(client.configMaps()
                    .inNamespace(id.getNamespace().orElseThrow())
                    .withName(id.getName())
                    .get());
        }
    }
}
