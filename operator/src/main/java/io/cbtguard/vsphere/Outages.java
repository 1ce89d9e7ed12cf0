package io.cbtguard.vsphere;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

/** Says of a failure why the vCenter cannot be watched, and what to do about it. */
final class Outages {
    private Outages() {}

    static VcenterUnavailableException of(VcenterTarget target, Throwable thrown) {
        if (thrown instanceof VcenterUnavailableException known) {
            return known;
        }
        String server = target.server().toString();
        return switch (VimFault.of(thrown)) {
            case BAD_LOGIN ->
                new VcenterUnavailableException(
                        Outage.CREDENTIALS_REJECTED,
                        server
                                + " rejects the user name or the password: correct the Secret (the next attempt reads it anew)");
            case NO_PERMISSION ->
                new VcenterUnavailableException(
                        Outage.PRIVILEGES_MISSING,
                        "the account lacks a privilege on " + server
                                + ": give it the Read-only role on the root folder, propagating");
            case CERTIFICATE ->
                new VcenterUnavailableException(
                        Outage.CERTIFICATE_REJECTED,
                        "the certificate of " + server + " is not trusted (" + innermost(thrown)
                                + "): give its CA certificate or its SHA-256 thumbprint");
            case UNSUPPORTED ->
                new VcenterUnavailableException(
                        Outage.UNSUPPORTED,
                        server + " does not know an operation that is needed (" + innermost(thrown)
                                + "): is it a vCenter, 6.5 or newer?");
            case SESSION_LOST ->
                new VcenterUnavailableException(
                        Outage.UNREACHABLE, server + " ended the API session; a new one is being opened");
            case SERVER_BUSY ->
                new VcenterUnavailableException(
                        Outage.UNREACHABLE,
                        server + " answers but is starting or overloaded (" + innermost(thrown)
                                + "); it is asked again, nothing need be done");
            default ->
                new VcenterUnavailableException(
                        Outage.UNREACHABLE,
                        server + " cannot be reached (" + innermost(thrown) + "): " + advice(thrown));
        };
    }

    private static String advice(Throwable thrown) {
        Throwable cause = innermostOf(thrown);
        if (cause instanceof UnknownHostException) {
            return "correct the server's name or the cluster's DNS";
        }
        if (cause instanceof ConnectException || cause instanceof SocketTimeoutException) {
            return "check address, port and network policy; it is asked again until it answers";
        }
        return "it is asked again until it answers";
    }

    private static String innermost(Throwable thrown) {
        Throwable cause = innermostOf(thrown);
        String name = VimFault.name(thrown);
        String text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return name.isEmpty() ? text : name + ": " + text;
    }

    private static Throwable innermostOf(Throwable thrown) {
        Throwable at = thrown;
        while (at.getCause() != null && at.getCause() != at) {
            at = at.getCause();
        }
        return at;
    }
}
