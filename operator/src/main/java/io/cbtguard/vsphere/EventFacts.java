package io.cbtguard.vsphere;

import com.vmware.vim25.Event;
import com.vmware.vim25.EventEx;
import com.vmware.vim25.HostAddedEvent;
import com.vmware.vim25.HostConnectedEvent;
import com.vmware.vim25.HostConnectionLostEvent;
import com.vmware.vim25.HostDisconnectedEvent;
import com.vmware.vim25.HostEventArgument;
import com.vmware.vim25.HostRemovedEvent;
import com.vmware.vim25.OptionValue;
import com.vmware.vim25.ServerStartedSessionEvent;
import com.vmware.vim25.TaskEvent;
import com.vmware.vim25.VirtualMachineConfigSpec;
import com.vmware.vim25.VmInstanceUuidChangedEvent;
import com.vmware.vim25.VmMigratedEvent;
import com.vmware.vim25.VmPoweredOnEvent;
import com.vmware.vim25.VmReconfiguredEvent;
import com.vmware.vim25.VmRegisteredEvent;
import com.vmware.vim25.VmReloadFromPathEvent;
import com.vmware.vim25.VmRelocatedEvent;
import com.vmware.vim25.VmRemovedEvent;
import com.vmware.vim25.VmUuidChangedEvent;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Position;
import java.util.Locale;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what an event says happened. Events that say nothing about change IDs say nothing here. */
final class EventFacts {
    static final String REVERTED = "com.vmware.vc.vm.VmStateRevertedToSnapshot";
    static final String REVERT_FAILED = "com.vmware.vc.vm.VmStateFailedToRevertToSnapshot";
    private static final Pattern REVERTED_TO =
            Pattern.compile("reverted to the state of snapshot (?<name>.{1,80}), with ID \\d+");
    private static final String RESTORED = "com.vmware.dp.events.commitrestore";
    private static final String PROMOTED = "com.vmware.vc.vm.VmDisksPromotedEvent";
    static final String CRASHED = "esx.audit.host.crash.reason";
    private static final String HA_RESTART = "com.vmware.vc.ha.VmRestartedByHAEvent";
    private static final String MIGRATED_IN = "com.vmware.vc.vm.DstVmMigratedEvent";

    private EventFacts() {}

    /**
     * @param kind what happened
     * @param sourceHost host it ran on before, where the event says so
     * @param isVcenterStart all hosts were out of sight until then
     */
    record Said(OccurrenceKind kind, @Nullable String sourceHost, boolean isVcenterStart) {}

    /** Whether the event says anything about change IDs: what happened, or which task is about to make it happen. */
    static boolean matters(Event event) {
        return event instanceof TaskEvent task
                ? task.getInfo() != null && TaskKind.of(task.getInfo()) != TaskKind.IRRELEVANT
                : of(event) != null;
    }

    static @Nullable Said of(Event event) {
        return switch (event) {
            case EventEx ex -> ofEx(ex);
            case VmReconfiguredEvent e -> said(OccurrenceKind.RECONFIGURED);
            case VmMigratedEvent e -> new Said(OccurrenceKind.MOVED, moRef(e.getSourceHost()), false);
            case VmRelocatedEvent e -> new Said(OccurrenceKind.MOVED, moRef(e.getSourceHost()), false);
            case VmPoweredOnEvent e -> said(OccurrenceKind.MOVED);
            case VmRegisteredEvent e -> said(OccurrenceKind.IDENTITY);
            case VmRemovedEvent e -> said(OccurrenceKind.IDENTITY);
            case VmReloadFromPathEvent e -> said(OccurrenceKind.IDENTITY);
            case VmInstanceUuidChangedEvent e -> said(OccurrenceKind.IDENTITY);
            case VmUuidChangedEvent e -> said(OccurrenceKind.IDENTITY);
            case HostDisconnectedEvent e -> said(OccurrenceKind.HOST_DISCONNECTED);
            case HostConnectionLostEvent e -> said(OccurrenceKind.HOST_DISCONNECTED);
            case HostRemovedEvent e -> said(OccurrenceKind.HOST_DISCONNECTED);
            case HostConnectedEvent e -> said(OccurrenceKind.HOST_CONNECTED);
            case HostAddedEvent e -> said(OccurrenceKind.HOST_CONNECTED);
            case ServerStartedSessionEvent e -> new Said(OccurrenceKind.HOST_DISCONNECTED, null, true);
            default -> null;
        };
    }

    private static @Nullable Said ofEx(EventEx event) {
        String type = event.getEventTypeId() == null ? "" : event.getEventTypeId();
        return switch (type) {
            case REVERTED -> said(OccurrenceKind.REVERTED);
            case REVERT_FAILED -> said(OccurrenceKind.REVERT_FAILED);
            case PROMOTED -> said(OccurrenceKind.DISKS_PROMOTED);
            case HA_RESTART, MIGRATED_IN -> said(OccurrenceKind.MOVED);
            default ->
                type.startsWith(RESTORED)
                        ? said(OccurrenceKind.REVERTED)
                        : type.startsWith(CRASHED) ? said(OccurrenceKind.HOST_CRASHED) : null;
        };
    }

    /** Whether the VM did not stop by itself. */
    static boolean isCrash(Occurrence occurrence) {
        return HA_RESTART.equals(occurrence.eventType());
    }

    /** Whether it tells where the VM is and not that it came from elsewhere. */
    static boolean isPowerOn(Event event) {
        return event instanceof VmPoweredOnEvent;
    }

    private static Said said(OccurrenceKind kind) {
        return new Said(kind, null, false);
    }

    /** The occurrence as the event alone tells it. */
    static Occurrence occurrence(Event event, OccurrenceKind kind, Position at, Position read) {
        return new Occurrence(
                kind,
                Interval.at(at),
                read,
                vm(event),
                moRef(event.getHost()),
                event.getKey(),
                type(event),
                "",
                "",
                revertedTo(event),
                fault(event),
                true,
                event.getUserName() == null ? "" : event.getUserName(),
                message(event));
    }

    static @Nullable String vm(Event event) {
        if (event.getVm() != null && event.getVm().getVm() != null) {
            return event.getVm().getVm().getValue();
        }
        return event instanceof EventEx ex && "VirtualMachine".equals(ex.getObjectType()) ? ex.getObjectId() : null;
    }

    private static @Nullable String moRef(@Nullable HostEventArgument host) {
        return host == null || host.getHost() == null ? null : host.getHost().getValue();
    }

    static String type(Event event) {
        return event instanceof EventEx ex && ex.getEventTypeId() != null
                ? ex.getEventTypeId()
                : "vim.event." + event.getClass().getSimpleName();
    }

    /** Name of the snapshot in the text of a revert event; empty in another language or wording. It only decorates evidence. */
    private static String revertedTo(Event event) {
        Matcher text = REVERTED_TO.matcher(Objects.requireNonNullElse(event.getFullFormattedMessage(), ""));
        return REVERTED.equals(type(event)) && text.find() ? text.group("name") : "";
    }

    private static String fault(Event event) {
        return event instanceof EventEx ex
                        && ex.getFault() != null
                        && ex.getFault().getFault() != null
                ? ex.getFault().getFault().getClass().getSimpleName()
                : "";
    }

    private static String message(Event event) {
        if (event instanceof VmReconfiguredEvent reconfigured) {
            return changes(reconfigured);
        }
        String full = event.getFullFormattedMessage();
        if (full != null && !full.isEmpty()) {
            return full;
        }
        return event instanceof EventEx ex && ex.getMessage() != null ? ex.getMessage() : "";
    }

    /**
     * vCenter's own list of changes where there is one (API 6.5), else what the specification asked for about tracking. Empty if
     * neither is there: then nothing says that it was not about tracking.
     */
    private static String changes(VmReconfiguredEvent event) {
        StringJoiner text = new StringJoiner("; ");
        if (event.getConfigChanges() != null) {
            add(text, "modified: ", event.getConfigChanges().getModified());
            add(text, "added: ", event.getConfigChanges().getAdded());
            add(text, "deleted: ", event.getConfigChanges().getDeleted());
        }
        VirtualMachineConfigSpec spec = event.getConfigSpec();
        if (text.length() == 0 && spec != null) {
            asked(spec, text);
            if (text.length() == 0) {
                add(text, "", event.getFullFormattedMessage()); // it asked for something else
            }
        }
        return text.toString();
    }

    private static void asked(VirtualMachineConfigSpec spec, StringJoiner text) {
        if (spec.isChangeTrackingEnabled() != null) {
            text.add("config.changeTrackingEnabled = " + spec.isChangeTrackingEnabled());
        }
        for (OptionValue option : spec.getExtraConfig()) {
            if (option.getKey() != null
                    && option.getKey().toLowerCase(Locale.ROOT).contains("ctk")) {
                text.add(option.getKey() + " = " + option.getValue());
            }
        }
    }

    private static void add(StringJoiner text, String label, @Nullable String part) {
        if (part != null && !part.isBlank()) {
            text.add(label + part.strip());
        }
    }
}
