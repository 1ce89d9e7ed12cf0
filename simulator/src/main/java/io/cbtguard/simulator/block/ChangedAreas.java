package io.cbtguard.simulator.block;

import com.vmware.vim25.DiskChangeExtent;
import com.vmware.vim25.DiskChangeInfo;
import com.vmware.vim25.FileFault;
import com.vmware.vim25.LocalizableMessage;
import io.cbtguard.simulator.core.FaultException;
import io.cbtguard.simulator.core.Faults;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** QueryChangedDiskAreas: reads the map and nothing else, so it is wrong whenever the map is. */
public final class ChangedAreas {
    /** Extents in one answer; a client asks on from where it ends. */
    static final int PAGE = 2000;

    private static final Pattern CHANGE_ID =
            Pattern.compile("([0-9a-f]{2}(?: [0-9a-f]{2}){7}-[0-9a-f]{2}(?: [0-9a-f]{2}){7})/(\\d{1,9})");

    private ChangedAreas() {}

    /**
     * @param disk the state of the snapshot asked about, or the live one of a powered-off VM
     * @param file the disk's file, for faults
     * @param changeId {@code *} for everything allocated
     */
    public static DiskChangeInfo query(DiskState disk, String file, long startOffset, String changeId) {
        if (startOffset < 0 || startOffset >= disk.capacity()) {
            throw Faults.invalidArgument("startOffset");
        }
        Matcher id = CHANGE_ID.matcher(changeId);
        boolean all = changeId.equals("*");
        if (!all && !id.matches()) {
            throw Faults.invalidArgument("changeId");
        }
        ChangeTracking tracking = disk.tracking();
        if (tracking == null) {
            throw fileFault(file, all ? "noEpoch" : "noTrack");
        }
        if (all) {
            return tracking.answersWhole() ? whole(disk, startOffset) : page(disk, startOffset, disk.allocated());
        }
        if (!id.group(1).equals(tracking.uuid())) {
            throw fileFault(file, "cannotGetChanges");
        }
        return page(
                disk,
                startOffset,
                tracking.changedAfter(Integer.parseInt(id.group(2))).keySet());
    }

    private static DiskChangeInfo whole(DiskState disk, long startOffset) {
        DiskChangeInfo info = new DiskChangeInfo();
        info.setStartOffset(startOffset);
        info.setLength(disk.capacity() - startOffset);
        DiskChangeExtent all = new DiskChangeExtent();
        all.setStart(startOffset);
        all.setLength(disk.capacity() - startOffset);
        info.getChangedArea().add(all);
        return info;
    }

    private static DiskChangeInfo page(DiskState disk, long startOffset, Set<Long> blocks) {
        DiskChangeInfo info = new DiskChangeInfo();
        info.setStartOffset(startOffset);
        info.setLength(disk.capacity() - startOffset);
        DiskChangeExtent open = null;
        for (long block : blocks) {
            long start = Math.max(block * DiskState.BLOCK, startOffset);
            long end = Math.min((block + 1) * DiskState.BLOCK, disk.capacity());
            if (end <= start) {
                continue;
            }
            if (open != null && open.getStart() + open.getLength() == start) {
                open.setLength(end - open.getStart());
                continue;
            }
            if (info.getChangedArea().size() == PAGE) {
                // the answer covers the disk up to the end of its last extent
                info.setLength(last(info).getStart() + last(info).getLength() - startOffset);
                return info;
            }
            open = new DiskChangeExtent();
            open.setStart(start);
            open.setLength(end - start);
            info.getChangedArea().add(open);
        }
        return info;
    }

    private static DiskChangeExtent last(DiskChangeInfo info) {
        return info.getChangedArea().get(info.getChangedArea().size() - 1);
    }

    private static FaultException fileFault(String file, String reason) {
        FileFault fault = new FileFault();
        fault.setFile(file);
        LocalizableMessage message = new LocalizableMessage();
        message.setKey("vim.hostd.vmsvc.cbt." + reason);
        message.setMessage("Change tracking: " + reason);
        fault.getFaultMessage().add(message);
        return new FaultException(fault, "Error caused by file " + file);
    }
}
