package io.cbtguard;

import io.cbtguard.vsphere.StockVcenter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An estate whose vCenter is the stock simulator of govmomi; its VM has two disks and change IDs by emulation. */
final class StockEstate extends Estate {
    static final String VM = "DC0_C0_RP0_VM0";

    final StockVcenter vcenter = StockVcenter.start();
    final String vm = vcenter.moRef(VM);

    private @Nullable Taken lastTaken;
    private @Nullable String kept;

    static StockEstate up() {
        StockEstate estate = new StockEstate();
        StockVcenter vcenter = estate.vcenter;
        vcenter.addDisk(estate.vm);
        vcenter.track(estate.vm);
        estate.protect(VM, vcenter.userName(), vcenter.password(), vcenter.certificatePem());
        return estate;
    }

    @Override
    int port() {
        return vcenter.uri().getPort();
    }

    @Override
    Taken takeSnapshot() {
        String moRef = vcenter.snapshot(vm, "backup");
        lastTaken = new Taken(moRef, vcenter.changeIdsOfSnapshot(moRef));
        return lastTaken;
    }

    /** The snapshot that the backup tool took last. */
    Taken lastTaken() {
        return Objects.requireNonNull(lastTaken);
    }

    /** Somebody takes a snapshot to go back to. */
    void keepSnapshot() {
        kept = vcenter.snapshot(vm, "before-patch");
    }

    /** That snapshot. */
    String kept() {
        return Objects.requireNonNull(kept);
    }

    /** Leaves it: vcsim gives the files of a VM new keys at times, and then removes a disk's file with the snapshot. */
    @Override
    void removeSnapshot(String moRef) {}

    @Override
    public void close() {
        bed.close();
        vcenter.close();
    }
}
