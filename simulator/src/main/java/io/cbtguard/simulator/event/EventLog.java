package io.cbtguard.simulator.event;

import com.vmware.vim25.Event;
import io.cbtguard.simulator.core.History;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.Vcenter;
import io.cbtguard.simulator.core.VimTime;
import io.cbtguard.simulator.inventory.HostSystem;
import io.cbtguard.simulator.inventory.ManagedEntity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Every event that is still kept, by key and time; kept by age and by number. */
public final class EventLog {
    private final Vcenter vcenter;
    private final History<LoggedEvent> history = new History<>();
    private final List<Consumer<LoggedEvent>> listeners = new ArrayList<>();
    private final BurstFilter bursts = new BurstFilter();
    private boolean mergesBursts = true;
    private int nextKey = 1;
    private Duration maxAge = Duration.ofDays(30);
    private int maxCount = 100_000;

    public EventLog(Vcenter vcenter) {
        this.vcenter = vcenter;
    }

    /**
     * Posts an event about an entity.
     *
     * @param host where it happened, null when no host is involved
     * @param user who caused it, empty for vCenter itself
     * @param chain the chain it belongs to; 0 starts one of its own
     * @return the event, with its key
     */
    public <T extends Event> T post(
            T event, @Nullable ManagedEntity entity, @Nullable HostSystem host, String user, int chain) {
        if (entity != null) {
            EventArguments.fill(event, entity, host);
        }
        Instant now = vcenter.clock().now();
        bursts.ended(now).forEach(burst -> {
            append(BurstEvents.compressed(burst), null, null, "", 0, now, true);
            append(BurstEvents.ended(burst), null, null, "", 0, now, true);
        });
        MoRef about = entity == null ? null : entity.ref();
        BurstFilter.Burst burst = mergesBursts
                ? bursts.note(new BurstFilter.Identity(LoggedEvent.typeId(event), about, user), now)
                : null;
        append(event, entity, host, user, chain, now, burst == null);
        if (burst != null && burst.merged() == 1) {
            append(BurstEvents.started(burst), null, null, "", 0, now, true);
        }
        return event;
    }

    private void append(
            Event event,
            @Nullable ManagedEntity entity,
            @Nullable HostSystem host,
            String user,
            int chain,
            Instant now,
            boolean stored) {
        event.setKey(takeKey());
        event.setChainId(chain == 0 ? event.getKey() : chain);
        event.setCreatedTime(VimTime.toVim(now));
        event.setUserName(user);
        LoggedEvent logged = new LoggedEvent(
                history.end(),
                stored,
                event,
                now,
                entity == null ? null : entity.ref(),
                entity == null ? List.of() : EventArguments.within(entity, host));
        history.append(logged);
        expire(now);
        listeners.forEach(listener -> listener.accept(logged));
    }

    /** Whether bursts are merged, as a vCenter does unless it is told not to. */
    public void setMergesBursts(boolean on) {
        mergesBursts = on;
        bursts.clear();
    }

    private int takeKey() {
        int key = nextKey;
        // where the numbers end, counting starts again, as after vCenter's own overflow
        nextKey = nextKey == Integer.MAX_VALUE ? 1 : nextKey + 1;
        return key;
    }

    private void expire(Instant now) {
        history.keepAtMost(maxCount);
        history.dropWhile(old -> old.time().isBefore(now.minus(maxAge)));
    }

    /** Forgets everything older than a time. */
    public void expireBefore(Instant limit) {
        history.dropWhile(old -> old.time().isBefore(limit));
    }

    public void setNextKey(int key) {
        nextKey = key;
    }

    public void setMaxAge(Duration age) {
        maxAge = age;
    }

    public void setMaxCount(int count) {
        maxCount = count;
    }

    /**
     * The history at one time.
     *
     * @param nextKey what the next event would have got
     */
    public record Saved(List<LoggedEvent> events, int nextKey) {}

    public Saved save() {
        return new Saved(history.all().stream().filter(LoggedEvent::stored).toList(), nextKey);
    }

    /** Goes back to an earlier history: keys that were used since are used again, for other events. */
    public void restore(Saved saved) {
        history.replace(saved.events());
        nextKey = saved.nextKey();
    }

    public History<LoggedEvent> history() {
        return history;
    }

    /** The newest event that is kept, or null. */
    public @Nullable LoggedEvent latest() {
        return history.size() == 0 ? null : history.get(history.end() - 1);
    }

    void listen(Consumer<LoggedEvent> listener) {
        listeners.add(listener);
    }

    void forget(Consumer<LoggedEvent> listener) {
        listeners.remove(listener);
    }
}
