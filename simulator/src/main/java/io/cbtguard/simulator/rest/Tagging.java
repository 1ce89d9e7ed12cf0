package io.cbtguard.simulator.rest;

import com.vmware.vim25.EventEx;
import io.cbtguard.simulator.core.ManagedObject;
import io.cbtguard.simulator.core.MoRef;
import io.cbtguard.simulator.core.Vcenter;
import io.cbtguard.simulator.event.EventLog;
import io.cbtguard.simulator.inventory.ManagedEntity;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/** Categories, tags, and which entities have which; all of it under the inventory's lock. */
public final class Tagging {
    private final Vcenter vcenter;
    private final EventLog events;
    private final Map<String, Category> categories = new LinkedHashMap<>();
    private final Map<String, Label> tags = new LinkedHashMap<>();
    private final Map<MoRef, Set<String>> attached = new LinkedHashMap<>();

    /**
     * @param cardinality SINGLE or MULTIPLE
     * @param types managed types that its tags may hang on; none is all
     */
    record Category(String id, String name, String description, String cardinality, List<String> types) {}

    /** A tag. */
    record Label(String id, String name, String description, String category) {}

    public Tagging(Vcenter vcenter, EventLog events) {
        this.vcenter = vcenter;
        this.events = events;
    }

    /** Hangs a tag on a VM, and makes tag and category if need be. */
    public void attach(String vm, String category, String tag, String user) {
        vcenter.registry().run(() -> {
            String inCategory = categories.values().stream()
                    .filter(known -> known.name().equals(category))
                    .map(Category::id)
                    .findFirst()
                    .orElseGet(() -> createCategory(category, "", "MULTIPLE", List.of()));
            String id = tags.values().stream()
                    .filter(known ->
                            known.category().equals(inCategory) && known.name().equals(tag))
                    .map(Label::id)
                    .findFirst()
                    .orElseGet(() -> createTag(tag, "", inCategory));
            attach(id, new MoRef("VirtualMachine", vm), user);
        });
    }

    String createCategory(String name, String description, String cardinality, List<String> types) {
        if (categories.values().stream().anyMatch(known -> known.name().equals(name))) {
            throw new IllegalArgumentException("already_exists");
        }
        String id = urn("Category");
        categories.put(id, new Category(id, name, description, cardinality, types));
        return id;
    }

    String createTag(String name, String description, String category) {
        category(category);
        if (in(category).stream().anyMatch(known -> known.name().equals(name))) {
            throw new IllegalArgumentException("already_exists");
        }
        String id = urn("Tag");
        tags.put(id, new Label(id, name, description, category));
        return id;
    }

    private String urn(String kind) {
        return "urn:vmomi:InventoryService" + kind + ":" + vcenter.ids().uuid() + ":GLOBAL";
    }

    Category category(String id) {
        return require(categories.get(id), id);
    }

    Label tag(String id) {
        return require(tags.get(id), id);
    }

    private static <T> T require(@org.jspecify.annotations.Nullable T found, String id) {
        if (found == null) {
            throw new NoSuchElementException(id);
        }
        return found;
    }

    Collection<String> categories() {
        return List.copyOf(categories.keySet());
    }

    Collection<String> tags() {
        return List.copyOf(tags.keySet());
    }

    List<Label> in(String category) {
        return tags.values().stream()
                .filter(tag -> tag.category().equals(category))
                .toList();
    }

    void deleteTag(String id) {
        tag(id);
        attached.values().forEach(on -> on.remove(id));
        tags.remove(id);
    }

    void deleteCategory(String id) {
        category(id);
        in(id).forEach(tag -> deleteTag(tag.id()));
        categories.remove(id);
    }

    void attach(String id, MoRef object, String user) {
        Label tag = tag(id);
        Category category = category(tag.category());
        ManagedEntity entity = entity(object);
        if (!category.types().isEmpty() && category.types().stream().noneMatch(entity::isA)) {
            throw new IllegalArgumentException("invalid_argument");
        }
        Set<String> on = attached.computeIfAbsent(object, key -> new LinkedHashSet<>());
        if (category.cardinality().equals("SINGLE")
                && on.stream()
                        .anyMatch(other ->
                                !other.equals(id) && tag(other).category().equals(category.id()))) {
            throw new IllegalArgumentException("invalid_argument");
        }
        if (on.add(id)) {
            post("attach", "attached tag " + tag.name() + " to", entity, user);
        }
    }

    void detach(String id, MoRef object, String user) {
        Label tag = tag(id);
        if (attached.getOrDefault(object, Set.of()).contains(id)) {
            attached.getOrDefault(object, new LinkedHashSet<>()).remove(id);
            post("detach", "detached tag " + tag.name() + " from", entity(object), user);
        }
    }

    List<String> on(MoRef object) {
        entity(object);
        return List.copyOf(attached.getOrDefault(object, Set.of()));
    }

    /** The entities with a tag that are there. */
    List<MoRef> with(String id) {
        tag(id);
        return attached.entrySet().stream()
                .filter(entry ->
                        entry.getValue().contains(id) && vcenter.registry().find(entry.getKey()) != null)
                .map(Map.Entry::getKey)
                .toList();
    }

    private ManagedEntity entity(MoRef object) {
        ManagedObject found = vcenter.registry().find(object);
        if (found instanceof ManagedEntity entity) {
            return entity;
        }
        throw new NoSuchElementException(object.toString());
    }

    private void post(String what, String text, ManagedEntity entity, String user) {
        EventEx event = new EventEx();
        event.setEventTypeId("com.vmware.cis.tagging." + what);
        event.setSeverity("info");
        event.setMessage("");
        event.setObjectType(entity.ref().type());
        event.setObjectId(entity.ref().value());
        event.setObjectName(entity.name());
        event.setFullFormattedMessage("User " + user + " " + text + " object " + entity.name());
        events.post(event, entity, null, user, 0);
    }
}
