"""An independent client: uses the simulator as any script uses a vCenter, and fails at the first surprise.

Arguments: port, user, password.
"""
import sys

from pyVim.connect import Disconnect, SmartConnect
from pyVim.task import WaitForTask
from pyVmomi import vim, vmodl

QUERY = vmodl.query.PropertyCollector
PATHS = ["name", "runtime.host", "runtime.powerState", "config.changeVersion", "config.hardware.device", "snapshot"]


def check(condition, what):
    if not condition:
        raise AssertionError(what)
    print("ok:", what)


def change_ids(config):
    return {
        device.key: device.backing.changeId
        for device in config.hardware.device
        if isinstance(device, vim.vm.device.VirtualDisk)
    }


class Watch:
    """One collector, one filter over a view, and the version held."""

    def __init__(self, content, view):
        traversal = QUERY.TraversalSpec(name="view", type=vim.view.ContainerView, path="view", skip=False)
        target = QUERY.ObjectSpec(obj=view, skip=True, selectSet=[traversal])
        spec = QUERY.FilterSpec(
            objectSet=[target], propSet=[QUERY.PropertySpec(type=vim.VirtualMachine, pathSet=PATHS)]
        )
        self.collector = content.propertyCollector.CreatePropertyCollector()
        self.collector.CreateFilter(spec, False)
        self.version = ""

    def drain(self, seconds):
        updates, options = [], QUERY.WaitOptions(maxWaitSeconds=seconds)
        answer = self.collector.WaitForUpdatesEx(self.version, options)
        while answer:
            self.version = answer.version
            for part in answer.filterSet:
                updates.extend(part.objectSet)
            if not answer.truncated:
                break
            answer = self.collector.WaitForUpdatesEx(self.version, options)
        return updates


def snapshots_and_reverts(si, vm, watch):
    WaitForTask(vm.CreateSnapshot_Task("one", "", False, False), si=si)
    one = vm.snapshot.currentSnapshot
    update = watch.drain(5)[0]
    check(update.obj == vm and "snapshot" in [c.name for c in update.changeSet], "a snapshot is announced")
    WaitForTask(vm.CreateSnapshot_Task("two", "", False, False), si=si)
    two = vm.snapshot.currentSnapshot
    before, after = change_ids(one.config)[2000], change_ids(two.config)[2000]
    check(before.split("/")[0] == after.split("/")[0] and before != after, "each snapshot has its own change ID")

    changes = vm.QueryChangedDiskAreas(two, 2000, 0, before)
    check(changes.length == vm.config.hardware.device[10].capacityInBytes, "changed areas cover the disk")
    try:
        vm.QueryChangedDiskAreas(two, 2000, 0, "nonsense")
        check(False, "a bad change ID is refused")
    except vmodl.fault.InvalidArgument as fault:
        check(fault.invalidProperty == "changeId", "a bad change ID is refused")

    task = one.RevertToSnapshot_Task()
    WaitForTask(task, si=si)
    check(task.info.descriptionId == "vm.Snapshot.revert", "a revert has its name")
    check(vm.snapshot.currentSnapshot == one, "the VM stands on the snapshot")
    check(change_ids(vm.config)[2000] == before, "the change ID is back")
    watch.drain(0)
    WaitForTask(vm.RevertToCurrentSnapshot_Task(), si=si)
    check(watch.drain(0) == [], "a revert to the present leaves no trace in properties")
    WaitForTask(vm.RemoveAllSnapshots_Task(), si=si)
    check(vm.snapshot is None, "all snapshots are gone")


def history(content, vm):
    spec = vim.event.EventFilterSpec(eventTypeId=["com.vmware.vc.vm.VmStateRevertedToSnapshot"])
    collector = content.eventManager.CreateCollectorForEvents(spec)
    events = collector.ReadNextEvents(100)
    check([e.objectId for e in events] == [vm._moId] * 2, "both reverts are in the event history")
    by_vm = vim.TaskFilterSpec(entity=vim.TaskFilterSpec.ByEntity(entity=vm, recursion="self"))
    tasks = content.taskManager.CreateCollectorForTasks(by_vm).ReadNextTasks(100)
    names = [task.descriptionId for task in tasks]
    check("VirtualMachine.revertToCurrentSnapshot" in names, "the task history tells of it too")
    for task in tasks:
        check(task.queueTime <= task.startTime <= task.completeTime, task.descriptionId + " has its times")


def main():
    port, user, password = sys.argv[1:4]
    si = SmartConnect(host="127.0.0.1", port=int(port), user=user, pwd=password, disableSslCertValidation=True)
    content = si.content
    check(content.sessionManager.currentSession.userName == user, "logged in")
    view = content.viewManager.CreateContainerView(content.rootFolder, [vim.VirtualMachine], True)
    watch = Watch(content, view)
    check(len(watch.drain(0)) == len(view.view), "every VM enters")
    vm = content.searchIndex.FindByInventoryPath("DC0/vm/web/web-01")
    check(content.searchIndex.FindByUuid(None, vm.config.instanceUuid, True, True) == vm, "found by UUID")
    snapshots_and_reverts(si, vm, watch)
    history(content, vm)
    check(content.setting.QueryOptions("event.maxAge")[0].value == 30, "retention is told")
    host = vm.runtime.host
    check(host.config.product.build == host.summary.config.product.build, "the host has one build")
    Disconnect(si)


if __name__ == "__main__":
    main()
