package io.cbtguard.judge;

import io.cbtguard.inventory.EsxBuild;
import io.cbtguard.inventory.Interval;
import io.cbtguard.inventory.OccurrenceKind;
import io.cbtguard.inventory.Snapshot;
import io.cbtguard.inventory.TaskInFlight;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A story with an oracle: what happened, at which position, and to which disks, whether or not the judge was told well. */
final class Truth {
    private static final Set<String> ALL = Set.of(Story.DISK1, Story.DISK2);

    final Story story = Story.watched();
    private final Random random;
    private final TreeMap<Long, Set<String>> causes = new TreeMap<>();
    private final Map<Long, String> names = new HashMap<>();
    private final Map<String, Long> created = new HashMap<>();

    Truth(Random random) {
        this.random = random;
    }

    /** Event key of every cause so far, and the disks it concerns. */
    Map<Long, Set<String>> causes() {
        return causes;
    }

    String what(long position) {
        return names.getOrDefault(position, "?") + " at " + position;
    }

    long minted(String snapshot) {
        return created.getOrDefault(snapshot, -1L);
    }

    void created(String snapshot, long position) {
        created.put(snapshot, position);
    }

    @Nullable String anySnapshot(Random choice) {
        List<Snapshot> live = story.vm.snapshots;
        return live.isEmpty() ? null : live.get(choice.nextInt(live.size())).moRef();
    }

    /** The first position at which a snapshot may have been minted is what counts. */
    String create(boolean told) {
        long before = story.key;
        String moRef = told ? story.snapshot("by hand") : story.silentSnapshot("by hand");
        created.put(moRef, before);
        return moRef;
    }

    void remove(String moRef) {
        if (story.vm.snapshots.stream().anyMatch(s -> s.moRef().equals(moRef))) {
            story.remove(moRef);
        }
        look();
    }

    void happens() {
        switch (random.nextInt(16)) {
            case 0, 1 -> create(true);
            case 2 -> create(false);
            case 3 -> {
                String any = anySnapshot(random);
                if (any != null) {
                    remove(any);
                }
            }
            case 4 -> revert();
            case 5 -> silentRevert();
            case 6 -> revertToCurrentByTask();
            case 7 -> {
                story.upgrade("host-1", new EsxBuild("8.0.3", story.key));
                if ("host-1".equals(story.vm.host)) {
                    cause("upgrade", ALL);
                }
            }
            case 8 -> thereAndBack();
            case 9 -> {
                story.resetTracking();
                cause("reset", ALL);
            }
            case 10 -> offAndOn();
            case 11 -> {
                story.gap();
                cause("gap", ALL);
            }
            case 12 -> restart();
            case 13 -> {
                story.vm.configRead = !story.vm.configRead;
                look();
            }
            case 14 -> unfinishedRevert();
            default -> look();
        }
        if (random.nextInt(3) == 0) {
            look();
        }
    }

    void settle() {
        story.vm.configRead = true;
        story.tick();
        look();
    }

    private void look() {
        story.look();
    }

    private void cause(String name, Set<String> disks) {
        causes.put(story.key, disks);
        names.put(story.key, name);
    }

    private void revert() {
        String any = anySnapshot(random);
        if (any != null) {
            story.revert(any);
            cause("revert", ALL);
        }
    }

    /** Only one that the tree shows is one that vCenter has recorded: from the newest, which is the current one, to another. */
    private void silentRevert() {
        String any = anySnapshot(random);
        if (any == null || !story.vm.configRead) {
            return;
        }
        look();
        String newest = story.vm.snapshots.getLast().moRef();
        if (newest.equals(story.vm.current) && !any.equals(newest)) {
            story.silentRevert(any);
            cause("silent revert", ALL);
            if (random.nextBoolean()) {
                look();
            } else {
                story.vm.configRead = false;
                look();
                story.vm.configRead = true;
                look();
            }
        }
    }

    private void revertToCurrentByTask() {
        Interval when = new Interval(story.tick(), story.tick());
        story.tell(story.occurrence(OccurrenceKind.REVERTED, when)
                .task("VirtualMachine.revertToCurrentSnapshot", story.task()));
        cause("revert to current", ALL);
    }

    private void thereAndBack() {
        String home = story.vm.host;
        story.host("host-9", new EsxBuild("7.0.3", story.key));
        story.move("host-9");
        cause("move away", ALL);
        if (random.nextBoolean()) {
            create(true);
        }
        story.move(home == null ? "host-1" : home);
        cause("move back", ALL);
    }

    private void offAndOn() {
        if (!story.vm.configRead) {
            return;
        }
        story.vm.tracking = false;
        story.reconfigured();
        cause("off", ALL);
        look();
        if (random.nextBoolean()) {
            create(random.nextBoolean());
        }
        story.vm.tracking = true;
        story.reconfigured();
        cause("on", ALL);
        look();
    }

    private void restart() {
        boolean replayed = random.nextBoolean();
        story.restartOperator();
        if (!replayed) {
            story.told.clear();
            story.gap();
            cause("gap", ALL);
        }
        look();
    }

    private void unfinishedRevert() {
        TaskInFlight task = story.startRevert();
        look();
        story.inFlight.clear();
        story.tick();
        if (random.nextBoolean()) {
            story.tell(story.occurrence(OccurrenceKind.REVERTED, new Interval(task.queued(), story.position()))
                    .task(task.task(), task.key()));
        }
        cause("revert of which no outcome is told", ALL);
        look();
    }
}
