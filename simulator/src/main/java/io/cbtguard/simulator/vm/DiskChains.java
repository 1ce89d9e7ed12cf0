package io.cbtguard.simulator.vm;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of a VM's disks: new delta files on top, and merging what no snapshot holds any more. */
final class DiskChains {
    private static final Pattern DELTA = Pattern.compile("-\\d{6}(?=\\.vmdk$)");

    private DiskChains() {}

    /** Every configuration that points to files: the live one and those of the snapshots. */
    private static Stream<VmConfig> configs(VirtualMachine vm) {
        return Stream.concat(
                Stream.of(vm.config()), vm.snapshots().all().stream().map(Snapshot::config));
    }

    /** Freezes the live files and puts a new delta file on each; independent disks are left alone. */
    static void branch(VirtualMachine vm) {
        for (VmDisk disk : vm.config().disks()) {
            if (!disk.isIndependent()) {
                disk.file().freeze(disk.state().changeId());
                disk.setFile(delta(vm, disk.file()));
            }
        }
    }

    /** A new file on top of another, with the lowest number that is free. */
    static DiskFile delta(VirtualMachine vm, DiskFile parent) {
        Set<String> used = new HashSet<>();
        configs(vm).flatMap(config -> config.disks().stream()).forEach(disk -> {
            for (DiskFile file = disk.file(); file != null; file = file.parent()) {
                used.add(file.path());
            }
        });
        String base = DELTA.matcher(parent.path()).replaceFirst("");
        for (int number = 1; ; number++) {
            String path = base.substring(0, base.length() - ".vmdk".length()) + "-" + sixDigits(number) + ".vmdk";
            if (!used.contains(path)) {
                return new DiskFile(path, parent);
            }
        }
    }

    private static String sixDigits(int number) {
        String digits = Integer.toString(number);
        return "0".repeat(6 - digits.length()) + digits;
    }

    /** Whether a file is left over that no snapshot and no disk needs by itself. */
    static boolean needsMerge(VirtualMachine vm) {
        return merge(vm, true);
    }

    /** Merges each file that only one other rests on into one; the older file's name stays. */
    static boolean merge(VirtualMachine vm) {
        return merge(vm, false);
    }

    private static boolean merge(VirtualMachine vm, boolean onlyLook) {
        boolean merged = false;
        List<VmDisk> holders =
                configs(vm).flatMap(config -> config.disks().stream()).toList();
        for (boolean again = true; again; ) {
            again = false;
            for (DiskFile file : files(holders)) {
                List<DiskFile> onTop = files(holders).stream()
                        .filter(other -> other.parent() == file)
                        .toList();
                boolean held = holders.stream().anyMatch(disk -> disk.file() == file);
                if (held || onTop.size() != 1) {
                    continue;
                }
                if (onlyLook) {
                    return true;
                }
                replace(holders, onTop.get(0), file);
                merged = true;
                again = true;
                break;
            }
        }
        return merged;
    }

    private static void replace(List<VmDisk> holders, DiskFile top, DiskFile bottom) {
        bottom.freeze(top.frozenChangeId());
        for (DiskFile file : files(holders)) {
            if (file.parent() == top) {
                file.setParent(bottom);
            }
        }
        holders.stream().filter(disk -> disk.file() == top).forEach(disk -> disk.setFile(bottom));
    }

    private static List<DiskFile> files(List<VmDisk> holders) {
        List<DiskFile> files = new ArrayList<>();
        for (VmDisk disk : holders) {
            for (DiskFile file = disk.file(); file != null && !files.contains(file); file = file.parent()) {
                files.add(file);
            }
        }
        return files;
    }
}
