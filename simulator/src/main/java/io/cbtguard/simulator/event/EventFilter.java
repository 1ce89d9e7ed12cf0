package io.cbtguard.simulator.event;

import com.vmware.vim25.Event;
import com.vmware.vim25.EventEx;
import com.vmware.vim25.EventFilterSpec;
import com.vmware.vim25.EventFilterSpecByEntity;
import com.vmware.vim25.EventFilterSpecByTime;
import com.vmware.vim25.EventFilterSpecByUsername;
import com.vmware.vim25.EventFilterSpecRecursionOption;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.VimTime;
import io.cbtguard.simulator.session.Session;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An event filter, read once. */
final class EventFilter implements Predicate<LoggedEvent> {
    private final Session session;
    private final long liveFrom;
    private final @Nullable MoRef entity;
    private final @Nullable EventFilterSpecRecursionOption recursion;
    private final @Nullable Instant begin;
    private final @Nullable Instant end;
    private final @Nullable EventFilterSpecByUsername user;
    private final @Nullable Integer chain;
    private final Set<String> types;
    private final List<String> categories;

    /**
     * @param session who reads: what it does not see is not matched
     * @param liveFrom the ordinal from which on events are seen that were not stored
     */
    EventFilter(EventFilterSpec spec, Session session, long liveFrom) {
        this.session = session;
        this.liveFrom = liveFrom;
        EventFilterSpecByEntity byEntity = spec.getEntity();
        entity = byEntity == null ? null : MoRef.of(byEntity.getEntity());
        recursion = byEntity == null ? null : byEntity.getRecursion();
        EventFilterSpecByTime time = spec.getTime();
        begin = time == null || time.getBeginTime() == null ? null : VimTime.toInstant(time.getBeginTime());
        end = time == null || time.getEndTime() == null ? null : VimTime.toInstant(time.getEndTime());
        user = spec.getUserName();
        chain = spec.getEventChainId();
        types = Stream.concat(spec.getEventTypeId().stream(), spec.getType().stream())
                .collect(Collectors.toSet());
        categories = spec.getCategory();
    }

    @Override
    public boolean test(LoggedEvent logged) {
        Event event = logged.event();
        return (logged.stored() || logged.ordinal() >= liveFrom)
                && (begin == null || !logged.time().isBefore(begin))
                && (end == null || !logged.time().isAfter(end))
                && (entity == null || concernsEntity(logged, entity))
                && (logged.entity() == null || session.sees(logged.entity()))
                && (types.isEmpty() || types.stream().anyMatch(logged::isOfType))
                && (chain == null || chain == event.getChainId())
                && (user == null || isBy(user, event.getUserName()))
                && (categories.isEmpty() || categories.contains(category(event)));
    }

    private boolean concernsEntity(LoggedEvent logged, MoRef wanted) {
        boolean self = wanted.equals(logged.entity());
        boolean below = logged.within().contains(wanted);
        return switch (recursion) {
            case SELF -> self;
            case CHILDREN -> below;
            case ALL -> self || below;
            case null -> self;
        };
    }

    private static boolean isBy(EventFilterSpecByUsername wanted, @Nullable String name) {
        boolean system = name == null || name.isEmpty();
        return system ? wanted.isSystemUser() : wanted.getUserList().contains(name);
    }

    private static String category(Event event) {
        if (event instanceof EventEx extended && extended.getSeverity() != null) {
            return extended.getSeverity().toLowerCase(Locale.ROOT);
        }
        return event instanceof com.vmware.vim25.GeneralUserEvent ? "user" : "info";
    }
}
