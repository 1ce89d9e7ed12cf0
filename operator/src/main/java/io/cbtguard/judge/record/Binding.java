package io.cbtguard.judge.record;

/**
 * To which VM and which objects a record belongs. Evidence goes to records by this, whatever a ProtectedVM is called.
 *
 * @param vcenter name of the VCenter object, in the record's namespace
 * @param vcenterUid uid of that object when the record was last written
 * @param vcenterUuid instance UUID of the vCenter
 * @param vmUuid instance UUID of the VM
 * @param moRef moRef of the VM
 * @param recordUid uid of the VMRecord object; empty before it exists
 */
public record Binding(
        String vcenter, String vcenterUid, String vcenterUuid, String vmUuid, String moRef, String recordUid) {
    public Binding withRecordUid(String uid) {
        return new Binding(vcenter, vcenterUid, vcenterUuid, vmUuid, moRef, uid);
    }

    public Binding withVcenterUid(String uid) {
        return new Binding(vcenter, uid, vcenterUuid, vmUuid, moRef, recordUid);
    }
}
