package io.cbtguard.judge;

import io.cbtguard.inventory.Host;
import io.cbtguard.inventory.Occurrence;
import io.cbtguard.inventory.Position;
import io.cbtguard.inventory.TaskInFlight;
import io.cbtguard.inventory.VirtualMachine;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one judgement knows besides the record.
 *
 * @param vm the VM in the view; null if the (complete) view does not show it
 * @param hosts hosts by moRef, at least those that the VM and its occurrences name
 * @param inFlight queued and running tasks on the VM
 * @param occurrences history not yet known to be stored, oldest first; handling one twice changes nothing
 * @param through up to where properties and history are known
 * @param now vCenter's clock
 * @param fresh whether the view is current; false once an outage outlasted its grace
 */
public record Facts(
        @Nullable VirtualMachine vm,
        Map<String, Host> hosts,
        List<TaskInFlight> inFlight,
        List<Occurrence> occurrences,
        Position through,
        Instant now,
        boolean fresh) {
    /** The same as a barrier gives them: its view is current by definition, whatever the outage just before. */
    public Facts behindBarrier() {
        return new Facts(vm, hosts, inFlight, occurrences, through, now, true);
    }
}
