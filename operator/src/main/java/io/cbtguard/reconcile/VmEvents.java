package io.cbtguard.reconcile;

import io.cbtguard.api.v1alpha1.ConditionTypes;
import io.cbtguard.api.v1alpha1.ProtectedVM;
import io.cbtguard.api.v1alpha1.ProtectedVMStatus;
import io.cbtguard.api.v1alpha1.Trust;
import io.cbtguard.api.v1alpha1.VMBackup;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells in Kubernetes events what changed for a VM, with the evidence, so that {@code kubectl describe} has the story. One event per
 * turn of a condition that somebody acts on, for restore points that become suspect, and for a report that is not committed; the first
 * verdict on a VM is no turn. An event that cannot be written is not worth
 * more than a line in the log: the status says the same.
 */
final class VmEvents {
    private static final Logger LOG = LoggerFactory.getLogger(VmEvents.class);
    private static final Set<String> TOLD =
            Set.of(ConditionTypes.READY, ConditionTypes.CBT_ENABLED, ConditionTypes.FORCE_FULL, ConditionTypes.AT_RISK);
    /** Limits of the events API; that of the note in bytes. */
    private static final int NOTE = 1024;

    private static final int NAME = 230;
    private static final int REMEMBERED = 200_000;

    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'");
    private static final String CONTROLLER = "cbtguard.io/operator";

    private final KubernetesClient client;
    private final Clock clock;
    private final String instance = "cbtguard-" + ProcessHandle.current().pid();

    /** What was last known of a condition, for a turn that an Unknown lies between. */
    private final Map<String, String> last = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > REMEMBERED;
        }
    });

    VmEvents(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** Tells how the conditions turned from what the object shows to what is about to be shown. */
    void tell(ProtectedVM vm, ProtectedVMStatus status) {
        boolean isFirstVerdict = vm.getStatus() == null || vm.getStatus().vm() == null;
        if (isFirstVerdict || status.vm() == null) {
            return;
        }
        List<Condition> before = vm.getStatus().conditions();
        for (Condition now : status.conditions()) {
            if (TOLD.contains(now.getType()) && !isUnknown(now)) {
                String key = vm.getMetadata().getUid() + now.getType();
                String is = now.getStatus() + now.getReason();
                Optional<Condition> old = Conditions.find(before, now.getType());
                String was = old.filter(c -> !isUnknown(c))
                        .map(c -> c.getStatus() + c.getReason())
                        .orElseGet(() -> last.get(key));
                last.put(key, is);
                if (was == null ? old.isPresent() && isBad(now) : !was.equals(is)) {
                    write(vm, now, evidence(status, now.getReason()));
                }
            }
        }
        tellPoints(vm, status);
    }

    private static boolean isUnknown(Condition condition) {
        return "Unknown".equals(condition.getStatus());
    }

    private static boolean isBad(Condition condition) {
        boolean isWish = condition.getType().equals(ConditionTypes.FORCE_FULL)
                || condition.getType().equals(ConditionTypes.AT_RISK);
        return isWish == "True".equals(condition.getStatus());
    }

    private static String evidence(ProtectedVMStatus status, String reason) {
        return status.findings().stream()
                .filter(f -> reason.equals(f.reason()))
                .findFirst()
                .map(f -> {
                    var e = f.evidence();
                    StringBuilder text = new StringBuilder(" At ").append(f.at());
                    if (e != null && e.user() != null) {
                        text.append(", by ").append(e.user());
                    }
                    if (e != null && e.eventKey() != null) {
                        text.append(", vCenter event ").append(e.eventKey());
                    }
                    return text.append(". ")
                            .append(f.remedy() == null ? "" : f.remedy())
                            .toString();
                })
                .orElse("");
    }

    /** As kubectl and client-go name theirs: the object's name and a number that does not come again. */
    private String name(HasMetadata about) {
        String name = about.getMetadata().getName();
        long nanos = clock.instant().getEpochSecond() * 1_000_000_000L + System.nanoTime() % 1_000_000_000L;
        return name.substring(0, Math.min(name.length(), NAME)) + "." + Long.toHexString(nanos);
    }

    /** Tells of restore points that have become suspect since the status was last written. */
    private void tellPoints(ProtectedVM vm, ProtectedVMStatus status) {
        long before = Objects.requireNonNullElse(vm.getStatus().suspectRestorePoints(), 0L);
        long now = Objects.requireNonNullElse(status.suspectRestorePoints(), 0L);
        if (now > before) {
            String reason = status.restorePoints().stream()
                    .filter(point -> point.trust() == Trust.Suspect && point.reason() != null)
                    .map(point -> Objects.requireNonNull(point.reason()))
                    .findFirst()
                    .orElse("RestorePointsSuspect");
            String note = now + " restore points are Suspect, " + (now - before)
                    + " more than before; status.restorePoints names the newest."
                    + evidence(status, reason);
            write(vm, new Told("Warning", reason, "RestorePoints", note));
        }
    }

    /** Tells that a report brought no baseline. */
    void tellNotCommitted(VMBackup backup, Condition committed) {
        write(
                backup,
                new Told(
                        "Warning",
                        committed.getReason(),
                        ConditionTypes.COMMITTED,
                        ConditionTypes.COMMITTED + "=False: " + committed.getMessage()));
    }

    private record Told(String type, String reason, String action, String note) {}

    /** The limit is one of bytes. */
    static String shortened(String note) {
        byte[] bytes = note.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= NOTE) {
            return note;
        }
        int end = NOTE - "…".getBytes(StandardCharsets.UTF_8).length;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--; // not within a character
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8) + "…";
    }

    private void write(ProtectedVM vm, Condition now, String evidence) {
        String note = now.getType() + "=" + now.getStatus() + ": " + now.getMessage() + evidence;
        write(vm, new Told(isBad(now) ? "Warning" : "Normal", now.getReason(), now.getType(), note));
    }

    private void write(HasMetadata about, Told told) {
        var event = new EventBuilder()
                .withNewMetadata()
                .withName(name(about))
                .withNamespace(about.getMetadata().getNamespace())
                .endMetadata()
                .withEventTime(
                        new MicroTime(clock.instant().atZone(ZoneOffset.UTC).format(MICROS)))
                .withRegarding(new ObjectReferenceBuilder()
                        .withApiVersion(about.getApiVersion())
                        .withKind(about.getKind())
                        .withNamespace(about.getMetadata().getNamespace())
                        .withName(about.getMetadata().getName())
                        .withUid(about.getMetadata().getUid())
                        .build())
                .withType(told.type())
                .withReason(told.reason())
                .withAction(told.action())
                .withNote(shortened(told.note()))
                .withReportingController(CONTROLLER)
                .withReportingInstance(instance)
                .build();
        try {
            client.events().v1().events().resource(event).create();
        } catch (KubernetesClientException e) {
            LOG.warn("no event about {}: {}", about.getMetadata().getName(), e.getMessage());
        }
    }
}
