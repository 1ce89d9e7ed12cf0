package io.cbtguard.simulator.soap;

import com.vmware.vim25.ObjectFactory;
import com.vmware.vim25.VimPortType;
import io.cbtguard.simulator.soap.extra.CreateSnapshotExRequestType;
import io.cbtguard.simulator.soap.extra.CreateSnapshotExTaskResponse;
import io.cbtguard.simulator.soap.extra.FetchRequestType;
import io.cbtguard.simulator.soap.extra.FetchResponse;
import io.cbtguard.simulator.soap.extra.FetchUserPrivilegeRequestType;
import io.cbtguard.simulator.soap.extra.FetchUserPrivilegeResponse;
import io.cbtguard.simulator.soap.extra.FutureDiskBackingInfo;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.xml.bind.JAXBContext;
import javax.xml.bind.JAXBException;
import javax.xml.bind.Marshaller;
import javax.xml.bind.Unmarshaller;
import javax.xml.ws.RequestWrapper;
import javax.xml.ws.ResponseWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The generated VIM types: one JAXB context for all (it costs seconds), pooled marshallers, and for each operation the
 * classes of request and response as the generated port declares them.
 */
final class VimTypes {
    static final String NAMESPACE = "urn:vim25";

    private static final VimTypes INSTANCE = new VimTypes();

    private final JAXBContext context;
    private final Map<String, Operation> operations = new HashMap<>();
    private final ConcurrentLinkedQueue<Marshaller> marshallers = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Unmarshaller> unmarshallers = new ConcurrentLinkedQueue<>();

    /**
     * One operation.
     *
     * @param result the response's only field, null when the operation returns nothing
     */
    record Operation(
            Class<?> request, Class<?> response, @Nullable Field result) {}

    private VimTypes() {
        try {
            for (Method method : VimPortType.class.getMethods()) {
                RequestWrapper request = method.getAnnotation(RequestWrapper.class);
                ResponseWrapper response = method.getAnnotation(ResponseWrapper.class);
                if (request != null && response != null) {
                    declare(
                            request.localName(),
                            Class.forName(request.className()),
                            Class.forName(response.className()));
                }
            }
            // newer than the generated types, or unlisted, and what current clients call
            declare("CreateSnapshotEx_Task", CreateSnapshotExRequestType.class, CreateSnapshotExTaskResponse.class);
            declare("Fetch", FetchRequestType.class, FetchResponse.class);
            declare(
                    "FetchUserPrivilegeOnEntities",
                    FetchUserPrivilegeRequestType.class,
                    FetchUserPrivilegeResponse.class);
            Set<Class<?>> bound = new LinkedHashSet<>(List.of(ObjectFactory.class, FutureDiskBackingInfo.class));
            operations.values().forEach(operation -> {
                bound.add(operation.request());
                bound.add(operation.response());
            });
            context = JAXBContext.newInstance(bound.toArray(Class<?>[]::new));
        } catch (JAXBException | ClassNotFoundException e) {
            throw new IllegalStateException("the VIM types cannot be read", e);
        }
    }

    static VimTypes get() {
        return INSTANCE;
    }

    @Nullable Operation operation(String name) {
        return operations.get(name);
    }

    private void declare(String name, Class<?> request, Class<?> response) {
        Field[] fields = response.getDeclaredFields();
        if (fields.length > 0) {
            fields[0].setAccessible(true);
        }
        operations.put(name, new Operation(request, response, fields.length > 0 ? fields[0] : null));
    }

    Marshaller borrowMarshaller() throws JAXBException {
        Marshaller pooled = marshallers.poll();
        if (pooled != null) {
            return pooled;
        }
        Marshaller created = context.createMarshaller();
        created.setProperty(Marshaller.JAXB_FRAGMENT, true);
        created.setProperty("com.sun.xml.bind.namespacePrefixMapper", new Prefixes());
        return created;
    }

    void giveBack(Marshaller marshaller) {
        marshallers.offer(marshaller);
    }

    Unmarshaller borrowUnmarshaller() throws JAXBException {
        Unmarshaller pooled = unmarshallers.poll();
        return pooled != null ? pooled : context.createUnmarshaller();
    }

    void giveBack(Unmarshaller unmarshaller) {
        unmarshallers.offer(unmarshaller);
    }
}
