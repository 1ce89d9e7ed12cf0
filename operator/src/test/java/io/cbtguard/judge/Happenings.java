package io.cbtguard.judge;

import io.cbtguard.inventory.EsxBuild;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.OccurrenceKind;
import java.util.Random;

/** Things that may happen to a VM. */
final class Happenings {
    private Happenings() {}

    static void one(Story story, Random random) {
        switch (random.nextInt(12)) {
            case 0, 1 -> story.snapshot("by hand");
            case 2 -> {
                if (!story.vm.snapshots.isEmpty()) {
                    story.remove(any(story, random));
                }
            }
            case 3 -> {
                if (!story.vm.snapshots.isEmpty()) {
                    story.revert(any(story, random));
                }
            }
            case 4 -> {
                if (!story.vm.snapshots.isEmpty()) {
                    story.silentRevert(any(story, random));
                }
            }
            case 5 -> story.move(random.nextBoolean() ? "host-1" : "host-2");
            case 6 -> story.upgrade(random.nextBoolean() ? "host-1" : "host-2", new EsxBuild("8.0.3", story.key));
            case 7 -> story.resetTracking();
            case 8 -> {
                story.vm.tracking = random.nextBoolean();
                story.reconfigured();
            }
            case 9 -> story.vm.connected = !story.vm.connected;
            case 10 -> story.vm.configRead = !story.vm.configRead;
            default -> cause(story, random);
        }
    }

    static void cause(Story story, Random random) {
        Interval when = new Interval(story.tick(), story.tick());
        switch (random.nextInt(5)) {
            case 0 ->
                story.tell(story.occurrence(OccurrenceKind.REVERTED, when)
                        .event("com.vmware.vc.vm.VmStateRevertedToSnapshot"));
            case 1 ->
                story.tell(story.occurrence(OccurrenceKind.REVERTED, when)
                        .task("VirtualMachine.revertToCurrentSnapshot", story.task()));
            case 2 -> story.gap();
            case 3 ->
                story.tell(story.occurrence(OccurrenceKind.IDENTITY, Interval.at(story.tick()))
                        .event("vim.event.VmRegisteredEvent"));
            default -> {
                story.tell(story.occurrence(OccurrenceKind.HOST_DISCONNECTED, Interval.at(when.from()))
                        .event("vim.event.HostConnectionLostEvent")
                        .host("host-1"));
                story.tell(story.occurrence(OccurrenceKind.HOST_CONNECTED, Interval.at(when.to()))
                        .event("vim.event.HostConnectedEvent")
                        .host("host-1"));
            }
        }
    }

    private static String any(Story story, Random random) {
        return story.vm.snapshots.get(random.nextInt(story.vm.snapshots.size())).moRef();
    }
}
