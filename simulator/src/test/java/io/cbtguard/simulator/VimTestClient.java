package io.cbtguard.simulator;

import com.vmware.vim25.ArrayOfManagedObjectReference;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.ObjectContent;
import com.vmware.vim25.ObjectSpec;
import com.vmware.vim25.PropertyFilterSpec;
import com.vmware.vim25.PropertySpec;
import com.vmware.vim25.RetrieveOptions;
import com.vmware.vim25.ServiceContent;
import com.vmware.vim25.TaskInfo;
import com.vmware.vim25.TaskInfoState;
import com.vmware.vim25.TraversalSpec;
import com.vmware.vim25.UserSession;
import com.vmware.vim25.VimPortType;
import com.vmware.vim25.VimService;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.xml.ws.BindingProvider;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A client by the generated stubs, as small as it can be. */
final class VimTestClient implements AutoCloseable {
    static {
        // else the JDK sends a POST again whose answer was lost, and an operation is carried out twice
        System.setProperty("sun.net.http.retryPost", "false");
    }

    private static final VimService SERVICE =
            new VimService(VimTestClient.class.getResource("/com/vmware/wsdl/vimService.wsdl"));

    final VimPortType port = SERVICE.getVimPort();
    final ServiceContent content;

    VimTestClient(Simulator simulator) throws Exception {
        this(simulator, 30_000);
    }

    VimTestClient(Simulator simulator, int timeoutMillis) throws Exception {
        Map<String, Object> context = ((BindingProvider) port).getRequestContext();
        context.put(
                BindingProvider.ENDPOINT_ADDRESS_PROPERTY, simulator.sdkUri().toString());
        context.put(BindingProvider.SESSION_MAINTAIN_PROPERTY, true);
        context.put("com.sun.xml.ws.request.timeout", timeoutMillis);
        content = port.retrieveServiceContent(reference("ServiceInstance", "ServiceInstance"));
    }

    static VimTestClient loggedIn(Simulator simulator) throws Exception {
        VimTestClient client = new VimTestClient(simulator);
        client.login(simulator.userName(), simulator.password());
        return client;
    }

    UserSession login(String user, String password) throws Exception {
        return port.login(content.getSessionManager(), user, password, null);
    }

    static ManagedObjectReference reference(String type, String value) {
        ManagedObjectReference reference = new ManagedObjectReference();
        reference.setType(type);
        reference.setValue(value);
        return reference;
    }

    static ManagedObjectReference vm(String value) {
        return reference("VirtualMachine", value);
    }

    /** A view of everything of a type. */
    ManagedObjectReference view(String type) throws Exception {
        return port.createContainerView(content.getViewManager(), content.getRootFolder(), List.of(type), true);
    }

    /** The spec that watches the members of a view. */
    static PropertyFilterSpec membersOf(ManagedObjectReference view, String type, String... paths) {
        TraversalSpec traversal = new TraversalSpec();
        traversal.setName("view");
        traversal.setType("ContainerView");
        traversal.setPath("view");
        traversal.setSkip(false);
        ObjectSpec object = new ObjectSpec();
        object.setObj(view);
        object.setSkip(true);
        object.getSelectSet().add(traversal);
        return spec(object, type, paths);
    }

    /** The spec for one object. */
    static PropertyFilterSpec only(ManagedObjectReference reference, String... paths) {
        ObjectSpec object = new ObjectSpec();
        object.setObj(reference);
        return spec(object, reference.getType(), paths);
    }

    private static PropertyFilterSpec spec(ObjectSpec object, String type, String... paths) {
        PropertySpec properties = new PropertySpec();
        properties.setType(type);
        properties.getPathSet().addAll(List.of(paths));
        PropertyFilterSpec spec = new PropertyFilterSpec();
        spec.getObjectSet().add(object);
        spec.getPropSet().add(properties);
        return spec;
    }

    @Nullable Object property(ManagedObjectReference reference, String path) throws Exception {
        List<ObjectContent> objects = port.retrievePropertiesEx(
                        content.getPropertyCollector(), List.of(only(reference, path)), new RetrieveOptions())
                .getObjects();
        return objects.get(0).getPropSet().isEmpty()
                ? null
                : objects.get(0).getPropSet().get(0).getVal();
    }

    /** Waits for a task to end, well or not. */
    TaskInfo ended(ManagedObjectReference task) {
        return Awaitility.await()
                .until(
                        () -> (TaskInfo) Objects.requireNonNull(property(task, "info")),
                        info -> info.getState() == TaskInfoState.SUCCESS || info.getState() == TaskInfoState.ERROR);
    }

    /** How many of the recent tasks are running now. */
    long running() throws Exception {
        ArrayOfManagedObjectReference recent = (ArrayOfManagedObjectReference)
                Objects.requireNonNull(property(content.getTaskManager(), "recentTask"));
        long running = 0;
        for (ManagedObjectReference task : recent.getManagedObjectReference()) {
            TaskInfo info = (TaskInfo) Objects.requireNonNull(property(task, "info"));
            running += info.getState() == TaskInfoState.RUNNING ? 1 : 0;
        }
        return running;
    }

    @Override
    public void close() throws Exception {
        port.logout(content.getSessionManager());
    }
}
