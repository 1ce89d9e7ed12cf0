package io.cbtguard.vsphere;

import com.vmware.vim25.VimPortType;
import io.cbtguard.vsphere.VcenterWatch.Listener;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import javax.jws.WebMethod;
import javax.xml.ws.WebServiceException;
import javax.xml.ws.soap.SOAPFaultException;
import org.jspecify.annotations.Nullable;

/** A port of the stubs that tells of each call how long it took and how it ended. */
final class MeteredPort {
    private static final String OK = "ok";
    private static final String FAULT = "fault";
    private static final String FAILED = "failed";

    private MeteredPort() {}

    /** The same port, which is a proxy already: so this one needs no class of its own. */
    static VimPortType of(VimPortType port, Listener listener) {
        return (VimPortType) Proxy.newProxyInstance(
                port.getClass().getClassLoader(),
                port.getClass().getInterfaces(),
                (proxy, method, arguments) -> call(port, method, arguments, listener));
    }

    private static @Nullable Object call(
            VimPortType port, Method method, Object @Nullable [] arguments, Listener listener) throws Throwable {
        String operation = operation(method);
        long begun = System.nanoTime();
        String outcome = OK;
        try {
            return method.invoke(port, arguments);
        } catch (InvocationTargetException thrown) {
            Throwable cause = thrown.getTargetException();
            outcome = outcome(cause);
            throw cause;
        } finally {
            if (operation != null) {
                listener.requested(operation, outcome, Duration.ofNanos(System.nanoTime() - begun));
            }
        }
    }

    /** What the server said, or that it said nothing; the stubs' checked exceptions are faults that the API declares. */
    private static String outcome(Throwable cause) {
        boolean isUnanswered = cause instanceof WebServiceException && !(cause instanceof SOAPFaultException);
        return isUnanswered || cause instanceof Error ? FAILED : FAULT;
    }

    /** The SOAP operation; null if this is none but the stubs' own business. */
    private static @Nullable String operation(Method method) {
        if (method.getDeclaringClass() != VimPortType.class) {
            return null;
        }
        WebMethod soap = method.getAnnotation(WebMethod.class);
        return soap == null || soap.operationName().isEmpty() ? method.getName() : soap.operationName();
    }
}
