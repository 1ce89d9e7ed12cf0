#!/usr/bin/env python3
"""Prints the seconds of one first sync by pyVmomi, login included, and how many VMs it saw.

Asks for what the operator's watch asks (InventoryFilter): the same types and paths, pages as the server cuts them.
Environment: GOVC_URL with user and password, GOVC_TLS_CA_CERTS. Run by tools/bench-vcenter.sh.
"""

import os
import ssl
import time
import urllib.parse

from pyVim.connect import Disconnect, SmartConnect
from pyVmomi import vim, vmodl

KINDS = [vim.VirtualMachine, vim.HostSystem, vim.Folder, vim.Datacenter, vim.VirtualApp]
PATHS = {
    vim.TaskManager: ["recentTask"],
    vim.VirtualMachine: [
        "name",
        "parent",
        "runtime.host",
        "runtime.connectionState",
        "runtime.powerState",
        "runtime.consolidationNeeded",
        "config.instanceUuid",
        "config.version",
        "config.changeVersion",
        "config.changeTrackingEnabled",
        "config.hardware.device",
        "snapshot",
    ],
    vim.HostSystem: ["name", "summary.config.product", "runtime.connectionState"],
    vim.Folder: ["name", "parent"],
    vim.Datacenter: ["name", "parent"],
    vim.VirtualApp: ["name", "parent"],
}
query = vmodl.query.PropertyCollector


def connect():
    url = urllib.parse.urlsplit(os.environ["GOVC_URL"])
    return SmartConnect(
        host=url.hostname,
        port=url.port,
        user=urllib.parse.unquote(url.username),
        pwd=urllib.parse.unquote(url.password),
        sslContext=ssl.create_default_context(cafile=os.environ["GOVC_TLS_CA_CERTS"]),
    )


def sync(vcenter):
    """Reads until nothing is left and returns what was read, by object."""
    content = vcenter.RetrieveContent()
    view = content.viewManager.CreateContainerView(content.rootFolder, KINDS, True)
    members = query.TraversalSpec(name="members", type=vim.view.ContainerView, path="view", skip=False)
    spec = query.FilterSpec(
        objectSet=[
            query.ObjectSpec(obj=view, skip=True, selectSet=[members]),
            query.ObjectSpec(obj=content.taskManager, skip=False),
        ],
        propSet=[query.PropertySpec(type=kind, pathSet=paths) for kind, paths in PATHS.items()],
    )
    collector = content.propertyCollector.CreatePropertyCollector()
    collector.CreateFilter(spec, False)
    objects, version = {}, ""
    while True:
        update = collector.WaitForUpdatesEx(version, query.WaitOptions(maxWaitSeconds=0))
        if update is None:
            return objects
        version = update.version
        for page in update.filterSet:
            for changed in page.objectSet:
                objects[changed.obj] = changed.changeSet
        if not update.truncated:
            return objects


def main():
    began = time.monotonic()
    vcenter = connect()
    objects = sync(vcenter)
    took = time.monotonic() - began
    vms = sum(isinstance(each, vim.VirtualMachine) for each in objects)
    print(f"{took:.3f} {vms}")
    Disconnect(vcenter)


if __name__ == "__main__":
    main()
