package io.cbtguard.simulator.soap;

import com.vmware.vim25.ManagedObjectReference;
import io.cbtguard.simulator.core.Faults;
import io.cbtguard.simulator.core.ManagedObject;
import io.cbtguard.simulator.core.MoRef;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The operations that this server knows: name and type of the receiving object to handler. */
public final class Operations {
    private final Map<String, List<Entry<?, ?>>> entries = new HashMap<>();
    private final Set<String> anonymous = new HashSet<>();
    private final Map<String, String> required = new HashMap<>();

    /** Carries out one operation, with the inventory's lock held; null is an empty answer. */
    @FunctionalInterface
    public interface Handler<T, R> {
        @Nullable Object handle(Call call, T target, R request);
    }

    /** An operation without a result. */
    @FunctionalInterface
    public interface Action<T, R> {
        void handle(Call call, T target, R request);
    }

    private record Entry<T, R>(Class<T> target, Class<R> request, Handler<T, R> handler) {
        @Nullable Object handle(Call call, ManagedObject object, Object body) {
            return handler.handle(call, target.cast(object), request.cast(body));
        }
    }

    public <T, R> Operations on(String name, Class<T> target, Class<R> request, Handler<T, R> handler) {
        entries.computeIfAbsent(name, key -> new ArrayList<>()).add(new Entry<>(target, request, handler));
        return this;
    }

    public <T, R> Operations action(String name, Class<T> target, Class<R> request, Action<T, R> action) {
        return on(name, target, request, (call, object, body) -> {
            action.handle(call, object, body);
            return null;
        });
    }

    /** Lets the operation be called before Login. */
    public Operations anonymous(String name) {
        anonymous.add(name);
        return this;
    }

    /** Refuses operations with NoPermission to users without a privilege. */
    public Operations require(String privilege, String... names) {
        for (String name : names) {
            required.put(name, privilege);
        }
        return this;
    }

    @Nullable Object dispatch(Call call, Object request) {
        ManagedObjectReference self = receiver(request);
        if (!anonymous.contains(call.method()) && call.sessionIfAny() == null) {
            throw Faults.notAuthenticated(self);
        }
        List<Entry<?, ?>> candidates = entries.get(call.method());
        if (candidates == null) {
            throw Faults.methodNotFound(MoRef.of(self), call.method());
        }
        ManagedObject target = call.resolve(self);
        String privilege = required.get(call.method());
        if (privilege != null && !call.session().mayUse(privilege)) {
            throw Faults.noPermission(target.ref(), privilege);
        }
        for (Entry<?, ?> entry : candidates) {
            if (entry.target().isInstance(target)) {
                return entry.handle(call, target, request);
            }
        }
        throw Faults.methodNotFound(target.ref(), call.method());
    }

    private static ManagedObjectReference receiver(Object request) {
        try {
            Method getter = request.getClass().getMethod("getThis");
            ManagedObjectReference self = (ManagedObjectReference) getter.invoke(request);
            if (self == null || self.getType() == null || self.getValue() == null) {
                throw Faults.invalidArgument("_this");
            }
            return self;
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
