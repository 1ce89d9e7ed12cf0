package io.cbtguard.vsphere;

/** Why a vCenter cannot be watched at the moment; each maps to one condition reason of the VCenter. */
public enum Outage {
    UNREACHABLE,
    CREDENTIALS_REJECTED,
    CERTIFICATE_REJECTED,
    /** The account may log in but lacks a privilege that the watch needs. */
    PRIVILEGES_MISSING,
    /** Another vCenter answers than the one pinned at first contact. */
    REPLACED,
    /** It speaks no API version that this client can use. */
    UNSUPPORTED
}
