package io.cbtguard.simulator.fault;

import com.vmware.vim25.MethodFault;
import io.cbtguard.simulator.core.FaultException;
import java.time.Duration;

/**
 * One thing that goes wrong.
 *
 * @param method the operation, such as {@code WaitForUpdatesEx}; {@code *} is any
 * @param kind what happens
 * @param probability 0 to 1, drawn per call
 * @param remaining how many more calls it strikes; negative is without end
 * @param fault for {@link Kind#SOAP_FAULT}: the fault's type, such as {@code NotAuthenticated}
 * @param status for {@link Kind#HTTP_STATUS}: such as 503
 * @param delay for {@link Kind#DELAY}
 */
public record FaultRule(
        String method, Kind kind, double probability, int remaining, String fault, int status, Duration delay) {

    /** What happens to a call. */
    public enum Kind {
        /** A typed SOAP fault instead of the call. */
        SOAP_FAULT,
        /** An HTTP error with an HTML page instead of the call, as a proxy gives. */
        HTTP_STATUS,
        /** The call is carried out later. */
        DELAY,
        /** The connection is closed and the call is not carried out. */
        DROP,
        /** The call is carried out, then the connection is closed without an answer. */
        DROP_ANSWER,
        /** The call is carried out and nothing ever comes back; the connection stays open. */
        HALF_OPEN,
        /** The call is carried out and the answer ends in the middle. */
        CUT,
        /** The call is carried out and the answer is not XML. */
        GARBAGE
    }

    public static FaultRule of(String method, Kind kind) {
        return new FaultRule(method, kind, 1, -1, "NotAuthenticated", 503, Duration.ofMillis(500));
    }

    public FaultRule times(int count) {
        return new FaultRule(method, kind, probability, count, fault, status, delay);
    }

    public FaultRule withProbability(double chance) {
        return new FaultRule(method, kind, chance, remaining, fault, status, delay);
    }

    public FaultRule withFault(String type) {
        return new FaultRule(method, kind, probability, remaining, type, status, delay);
    }

    public FaultRule withStatus(int code) {
        return new FaultRule(method, kind, probability, remaining, fault, code, delay);
    }

    public FaultRule withDelay(Duration time) {
        return new FaultRule(method, kind, probability, remaining, fault, status, time);
    }

    boolean concerns(String called) {
        return remaining != 0 && (method.equals("*") || method.equals(called));
    }

    /** The typed fault of this rule; {@link IllegalArgumentException} when there is no such type. */
    public FaultException toFault() {
        return fault(fault);
    }

    /** A fault by the name of its type; {@link IllegalArgumentException} when there is no such type. */
    public static FaultException fault(String type) {
        try {
            Object instance =
                    Class.forName("com.vmware.vim25." + type).getConstructor().newInstance();
            if (instance instanceof MethodFault typed) {
                return new FaultException(typed, "Injected fault " + type);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("no such fault: " + type, e);
        }
        throw new IllegalArgumentException("not a fault: " + type);
    }
}
