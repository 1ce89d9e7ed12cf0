package io.cbtguard.vsphere;

import com.vmware.vim25.DynamicProperty;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.ObjectContent;
import com.vmware.vim25.ObjectSpec;
import com.vmware.vim25.PropertyFilterSpec;
import com.vmware.vim25.PropertySpec;
import com.vmware.vim25.RetrieveOptions;
import com.vmware.vim25.RetrieveResult;
import com.vmware.vim25.VimPortType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads properties of many objects at once, in requests small enough for every server. One thread, that of its port. */
final class PropertyReads {
    /** A request must stay far below the server's limits; a page of answers holds 100 objects anyway. */
    private static final int BATCH = 100;

    private final VimPortType port;
    private final ManagedObjectReference collector;

    PropertyReads(VimPortType port, ManagedObjectReference collector) {
        this.port = port;
        this.collector = collector;
    }

    /** What one object's properties were told to be; a path that was not told is not there. */
    interface Told {
        void object(String moRef, Map<String, @Nullable Object> properties);
    }

    /** Reads the paths of all objects that still exist; those that do not are passed over. */
    void read(String type, Collection<String> moRefs, List<String> paths, Told told) throws Exception {
        List<ManagedObjectReference> refs =
                moRefs.stream().map(value -> ApiSession.ref(type, value)).toList();
        readRefs(refs, paths, told);
    }

    void readRefs(List<ManagedObjectReference> refs, List<String> paths, Told told) throws Exception {
        for (int from = 0; from < refs.size(); from += BATCH) {
            readBatch(refs.subList(from, Math.min(refs.size(), from + BATCH)), paths, told);
        }
    }

    /** One object that has gone fails the whole request: then the halves are asked for. */
    private void readBatch(List<ManagedObjectReference> refs, List<String> paths, Told told) throws Exception {
        List<ObjectContent> contents;
        try {
            contents = retrieve(refs, paths);
        } catch (Exception thrown) {
            if (VimFault.of(thrown) != VimFault.OBJECT_GONE) {
                throw thrown;
            }
            if (refs.size() > 1) {
                int half = refs.size() / 2;
                readBatch(refs.subList(0, half), paths, told);
                readBatch(refs.subList(half, refs.size()), paths, told);
            }
            return;
        }
        for (ObjectContent content : contents) {
            told.object(content.getObj().getValue(), properties(content));
        }
    }

    private List<ObjectContent> retrieve(List<ManagedObjectReference> refs, List<String> paths) throws Exception {
        PropertySpec properties = new PropertySpec();
        properties.setType(refs.getFirst().getType());
        properties.getPathSet().addAll(paths);
        return retrieveAll(List.of(properties), refs);
    }

    private List<ObjectContent> retrieveAll(List<PropertySpec> properties, List<ManagedObjectReference> refs)
            throws Exception {
        PropertyFilterSpec spec = new PropertyFilterSpec();
        spec.getPropSet().addAll(properties);
        for (ManagedObjectReference ref : refs) {
            ObjectSpec object = new ObjectSpec();
            object.setObj(ref);
            spec.getObjectSet().add(object);
        }
        List<ObjectContent> contents = new ArrayList<>();
        RetrieveResult result = port.retrievePropertiesEx(collector, List.of(spec), new RetrieveOptions());
        while (result != null) {
            contents.addAll(result.getObjects());
            String token = result.getToken();
            result = token == null || token.isEmpty() ? null : port.continueRetrievePropertiesEx(collector, token);
        }
        return contents;
    }

    /** One path each of several objects of different types, in one request. */
    Map<String, Object> readSingles(Map<ManagedObjectReference, String> paths) throws Exception {
        List<PropertySpec> properties = new ArrayList<>();
        paths.forEach((ref, path) -> {
            PropertySpec spec = new PropertySpec();
            spec.setType(ref.getType());
            spec.getPathSet().add(path);
            properties.add(spec);
        });
        Map<String, Object> found = new HashMap<>();
        for (ObjectContent content : retrieveAll(properties, List.copyOf(paths.keySet()))) {
            Missing.check(content.getMissingSet());
            for (DynamicProperty property : content.getPropSet()) {
                found.put(property.getName(), property.getVal());
            }
        }
        return found;
    }

    private static Map<String, @Nullable Object> properties(ObjectContent content) {
        Missing.check(content.getMissingSet());
        Map<String, @Nullable Object> properties = new HashMap<>();
        for (DynamicProperty property : content.getPropSet()) {
            properties.put(property.getName(), property.getVal());
        }
        return properties;
    }
}
