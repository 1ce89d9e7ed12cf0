package io.cbtguard.simulator.property;

import com.vmware.vim25.ObjectContent;
import com.vmware.vim25.PropertyFilterSpec;
import com.vmware.vim25.RetrieveResult;
import io.cbtguard.simulator.core.Faults;
import io.cbtguard.simulator.core.ManagedObject;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.PropertyTable;
import io.cbtguard.simulator.core.Registry;
import io.cbtguard.simulator.session.Session;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reading without a filter: RetrieveProperties, and RetrievePropertiesEx in pages with a token. */
final class Retrieval {
    private final Registry registry;
    private int tokens;

    Retrieval(Registry registry) {
        this.registry = registry;
    }

    private record Item(ManagedObject object, PathSet paths) {}

    /** What is left of a paged answer, kept in the session under its token. */
    private static final class Rest extends ManagedObject {
        private static final PropertyTable TABLE =
                PropertyTable.<Rest>type("cbtguard.RetrieveToken").build();
        private final Deque<Item> items;
        private final int page;

        Rest(MoRef ref, Deque<Item> items, int page) {
            super(ref);
            this.items = items;
            this.page = page;
        }

        @Override
        public PropertyTable properties() {
            return TABLE;
        }
    }

    List<ObjectContent> all(Session session, List<PropertyFilterSpec> specs) {
        return read(session, select(session, specs), Integer.MAX_VALUE);
    }

    /** The first page; null when nothing is selected. */
    @Nullable RetrieveResult start(Session session, List<PropertyFilterSpec> specs, int maxObjects) {
        Deque<Item> items = select(session, specs);
        return items.isEmpty() ? null : page(session, items, Math.min(maxObjects, PropertyCollector.PAGE));
    }

    RetrieveResult goOn(Session session, String token) {
        Rest rest = take(session, token);
        return page(session, rest.items, rest.page);
    }

    void cancel(Session session, String token) {
        take(session, token);
    }

    private static Rest take(Session session, String token) {
        if (!(session.find(ref(token)) instanceof Rest rest)) {
            throw Faults.invalidArgument("token");
        }
        session.drop(rest);
        return rest;
    }

    private static MoRef ref(String token) {
        return new MoRef("cbtguard.RetrieveToken", token);
    }

    private RetrieveResult page(Session session, Deque<Item> items, int limit) {
        RetrieveResult result = new RetrieveResult();
        result.getObjects().addAll(read(session, items, limit));
        if (!items.isEmpty()) {
            Rest rest = new Rest(ref(Integer.toString(tokens++)), items, limit);
            session.keep(rest);
            result.setToken(rest.ref().value());
        }
        return result;
    }

    private static List<ObjectContent> read(Session session, Deque<Item> items, int limit) {
        List<ObjectContent> contents = new ArrayList<>();
        while (contents.size() < limit && !items.isEmpty()) {
            Item item = items.poll();
            contents.add(Contents.content(
                    item.object(), item.paths().of(item.object().properties()), session));
        }
        return contents;
    }

    private Deque<Item> select(Session session, List<PropertyFilterSpec> specs) {
        Deque<Item> items = new ArrayDeque<>();
        for (PropertyFilterSpec spec : specs) {
            PathSet paths = new PathSet(spec.getPropSet());
            for (ManagedObject object : new Selection(spec.getObjectSet(), ref -> lookup(session, ref)).evaluate()) {
                if (paths.wants(object)) {
                    paths.of(object.properties());
                    items.add(new Item(object, paths));
                }
            }
        }
        return items;
    }

    private @Nullable ManagedObject lookup(Session session, MoRef ref) {
        ManagedObject own = session.find(ref);
        if (own != null) {
            return own;
        }
        return session.sees(ref) ? registry.find(ref) : null;
    }
}
