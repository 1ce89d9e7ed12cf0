package io.cbtguard.model;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * What holds for a whole history: how the VM begins, what the policy says, and what this history assumes of CBT and vCenter where
 * no document says.
 *
 * @param profile share of the mix it was drawn from
 * @param disks trackable disks at the start
 * @param untrackable whether there is an independent disk besides
 * @param trackingAtStart whether tracking is on before the first sight
 * @param snapshotAtStart whether a person's snapshot is there before the first sight
 * @param map what a revert does to the live tracking map
 * @param numbers from where a restored map counts on
 * @param liveAhead the live change ID is one later than the newest snapshot's, instead of equal
 * @param enablingNeedsStun switched on, tracking begins at the next stun, instead of at once
 * @param stunMints every stun counts the number up, not only a snapshot
 * @param queryByLiveMap a query about a snapshot is answered from the map as it is now, instead of the snapshot's
 * @param buildChangeForgets when the VM comes to run on another build, its map loses what was written since the last snapshot
 * @param starTellsEpoch {@code *} answers only what this epoch saw if the epoch began while snapshots existed
 * @param uncleanLoses an epoch that began while snapshots of its disk existed leaves blocks out of every answer, not only of that to
 *     {@code *}; one that was found when the VM was first seen is taken on trust, as policies do
 * @param upgradesUnseen a host may change its build while nobody has learned yet that the VM was there
 * @param affectedBuilds some hosts run an ESXi 6.0 build that loses what is written during a consolidation (KB 2136854)
 * @param keyed history has event keys; without, order is by vCenter's clock alone
 * @param createTasksTold history tells of snapshots' creation
 * @param vanishedPercent how many reverts that the watch saw in flight end without a word in history
 * @param latePercent how many occurrences are told later than what happened after them
 * @param whenAffected {@code hostUpgrade: WhenAffected}
 * @param acceptGaps {@code rules.eventGap: Accept}
 * @param trustUnseen {@code rules.unseenSnapshot: TrustReport}
 * @param fullOnUnknown {@code onUnknown: Full}
 * @param refuseOnInvalid {@code onInvalid: Refuse}
 * @param singleDisks {@code scope: Disk}
 * @param resetAdopted {@code rules.adoption: Reset}
 * @param chains backup tools
 */
record Setup(
        String profile,
        int disks,
        boolean untrackable,
        boolean trackingAtStart,
        boolean snapshotAtStart,
        RevertedMap map,
        RevertedNumbers numbers,
        boolean liveAhead,
        boolean enablingNeedsStun,
        boolean stunMints,
        boolean queryByLiveMap,
        boolean buildChangeForgets,
        boolean starTellsEpoch,
        boolean uncleanLoses,
        boolean upgradesUnseen,
        boolean affectedBuilds,
        boolean keyed,
        boolean createTasksTold,
        int vanishedPercent,
        int latePercent,
        boolean whenAffected,
        boolean acceptGaps,
        boolean trustUnseen,
        boolean fullOnUnknown,
        boolean refuseOnInvalid,
        boolean singleDisks,
        boolean resetAdopted,
        int chains) {
    enum RevertedMap {
        /** the snapshot's map comes back */
        RESTORED,
        /** the live map stays, as if nothing had happened */
        KEPT
    }

    enum RevertedNumbers {
        /** counting goes on from the snapshot's number, so that numbers are used twice */
        FROM_SNAPSHOT,
        /** counting goes on from the highest number there ever was */
        FROM_HIGHEST
    }

    boolean quiet() {
        return profile.equals("quiet");
    }

    boolean lenient() {
        return acceptGaps || trustUnseen;
    }

    String policy() {
        return lenient() ? "lenient" : "strict";
    }

    /** One line, as {@link #parse} reads it. */
    String text() {
        StringJoiner text = new StringJoiner(" ");
        for (RecordComponent component : Setup.class.getRecordComponents()) {
            try {
                text.add(component.getName() + "=" + component.getAccessor().invoke(this));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return text.toString();
    }

    static Setup parse(String line) {
        Map<String, String> values = new HashMap<>();
        for (String pair : line.strip().split(" ")) {
            String[] parts = pair.split("=", 2);
            values.put(parts[0], parts[1]);
        }
        RecordComponent[] components = Setup.class.getRecordComponents();
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String value = values.remove(components[i].getName());
            if (value == null) {
                throw new IllegalArgumentException("no " + components[i].getName() + " in: " + line);
            }
            arguments[i] = value(components[i].getType(), value);
        }
        if (!values.isEmpty()) {
            throw new IllegalArgumentException("unknown: " + values.keySet());
        }
        try {
            Constructor<Setup> constructor = Setup.class.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return constructor.newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object value(Class<?> type, String value) {
        if (type == int.class) {
            return Integer.valueOf(value);
        }
        if (type == boolean.class) {
            return Boolean.valueOf(value);
        }
        if (type == RevertedMap.class) {
            return RevertedMap.valueOf(value);
        }
        return type == RevertedNumbers.class ? RevertedNumbers.valueOf(value) : value;
    }
}
