#!/usr/bin/env python3
"""Reverts every guarded VM and measures how soon its ProtectedVM turns ForceFull.

A client of another make (pyVmomi) and kubectl: nothing here is ours but the object names. From the root of the checkout:

    make up PROTECT=all
    source target/demo/env
    $(tools/python.sh) examples/clients/revert_all.py --to snapshot
    $(tools/python.sh) examples/clients/revert_all.py --to current --idle 600

First each VM gets a snapshot and a committed full backup, so that there is a baseline to lose; --no-backup leaves that out.
Then one VM after the other is reverted. Time runs from the completion of the revert task, as vCenter states it (corrected by
the clock difference measured), to the arrival of the condition ForceFull=True, SnapshotReverted in a kubectl watch.

Environment: GOVC_URL with user and password, GOVC_TLS_CA_CERTS or GOVC_INSECURE=true, KUBECONFIG, KUBECTL.
Exits 1 if a condition does not come, or comes without event key, user and time.
"""

import argparse
import datetime
import json
import os
import ssl
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse

from pyVim.connect import Disconnect, SmartConnect
from pyVim.task import WaitForTask
from pyVmomi import vim

KUBECTL = os.environ.get("KUBECTL", "kubectl")
SNAPSHOT = "revert-all"


def kubectl(*arguments, stdin=None):
    done = subprocess.run([KUBECTL, *arguments], input=stdin, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"kubectl {' '.join(arguments)} failed:\n{done.stderr}")
    return done.stdout


def connect():
    url = urllib.parse.urlsplit(os.environ["GOVC_URL"])
    if os.environ.get("GOVC_INSECURE", "").lower() in ("1", "true"):
        trust = ssl._create_unverified_context()  # asked for by GOVC_INSECURE
    else:
        trust = ssl.create_default_context(cafile=os.environ.get("GOVC_TLS_CA_CERTS"))
    return SmartConnect(
        host=url.hostname,
        port=url.port or 443,
        user=urllib.parse.unquote(url.username),
        pwd=urllib.parse.unquote(url.password),
        sslContext=trust,
    )


def clock_difference(vcenter):
    """Seconds that vCenter's clock is ahead of ours, from the quickest of five answers."""
    best = None
    for _ in range(5):
        asked = time.time()
        theirs = vcenter.CurrentTime().timestamp()
        answered = time.time()
        if best is None or answered - asked < best[0]:
            best = (answered - asked, theirs - (asked + answered) / 2)
    return best[1]


class Watch(threading.Thread):
    """The ProtectedVMs of a namespace as a kubectl watch shows them, with the time at which each change arrived."""

    def __init__(self, namespace):
        super().__init__(daemon=True)
        self.changed = threading.Condition()
        self.objects = {}
        self.process = subprocess.Popen(
            [KUBECTL, "get", "protectedvm", "-n", namespace, "--watch", "--output-watch-events", "-o", "json"],
            stdout=subprocess.PIPE,
        )
        self.start()

    def run(self):
        decoder = json.JSONDecoder()
        text = ""
        while chunk := os.read(self.process.stdout.fileno(), 1 << 16):
            arrived = time.time()
            text += chunk.decode()
            while text := text.lstrip():
                try:
                    event, end = decoder.raw_decode(text)
                except ValueError:
                    break  # the rest has not arrived yet
                text = text[end:]
                with self.changed:
                    self.objects[event["object"]["metadata"]["name"]] = (arrived, event["object"])
                    self.changed.notify_all()

    def wait(self, name, accept, seconds):
        """The arrival and the object, or None after the given time."""
        with self.changed:
            self.changed.wait_for(lambda: name in self.objects and accept(self.objects[name][1]), seconds)
            arrived, seen = self.objects.get(name, (None, None))
            return (arrived, seen) if seen and accept(seen) else None


def condition(name, status, reason=None):
    def holds(pvm):
        for c in pvm.get("status", {}).get("conditions", []):
            if c["type"] == name and c["status"] == status:
                return reason is None or c["reason"] == reason
        return False

    return holds


def disks(snapshot):
    for device in snapshot.config.hardware.device:
        if isinstance(device, vim.vm.device.VirtualDisk):
            yield device


def back_up(namespace, pvm, vm):
    """A backup run as a tool makes it: ask, snapshot, read, report."""
    run = f"{pvm}-{int(time.time() * 1000)}"
    where = ("-n", namespace)
    request = {
        "apiVersion": "cbtguard.io/v1alpha1",
        "kind": "VMBackup",
        "metadata": {"name": run, "namespace": namespace},
        "spec": {"protectedVMRef": {"name": pvm}, "type": "Full"},
    }
    kubectl("create", "-f", "-", stdin=json.dumps(request))
    kubectl("wait", f"vmbackup/{run}", *where, "--for=condition=Decided", "--timeout=60s")
    decision = json.loads(kubectl("get", f"vmbackup/{run}", *where, "-o", "json"))["status"]["decision"]
    if decision["type"] != "Full":
        sys.exit(f"{run}: asked for a full, told {decision['type']}: {decision['reason']}")
    task = vm.CreateSnapshot_Task(f"backup {run}", "", False, False)
    WaitForTask(task)
    snapshot = task.info.result
    read = [
        {"id": d.backing.uuid, "key": d.key, "changeId": d.backing.changeId, "read": "All", "bytes": d.capacityInBytes}
        for d in disks(snapshot)
    ]
    report = {
        "decisionToken": decision["token"],
        "outcome": "Succeeded",
        "snapshot": {"moRef": snapshot._moId},
        "disks": read,
    }
    kubectl("patch", f"vmbackup/{run}", *where, "--type=merge", "-p", json.dumps({"spec": {"report": report}}))
    kubectl("wait", f"vmbackup/{run}", *where, "--for=condition=Complete", "--timeout=60s")
    status = json.loads(kubectl("get", f"vmbackup/{run}", *where, "-o", "json"))["status"]
    WaitForTask(snapshot.RemoveSnapshot_Task(False))
    if status["phase"] != "Committed":
        sys.exit(f"{run}: {status['phase']}: {json.dumps(status['conditions'])}")


def snapshot_of(vm):
    """The snapshot to revert to; made if it is not there, and then the current one."""

    def find(trees):
        for tree in trees:
            found = tree.snapshot if tree.name == SNAPSHOT else find(tree.childSnapshotList)
            if found:
                return found
        return None

    found = find(vm.snapshot.rootSnapshotList) if vm.snapshot else None
    if not found:
        task = vm.CreateSnapshot_Task(SNAPSHOT, "made by revert_all.py", False, False)
        WaitForTask(task)
        found = task.info.result
    return found


def revert(vm, to):
    """Reverts; returns when the task completed, by vCenter's clock."""
    task = snapshot_of(vm).RevertToSnapshot_Task() if to == "snapshot" else vm.RevertToCurrentSnapshot_Task()
    WaitForTask(task)
    return task.info.completeTime.timestamp()


def evidence(pvm):
    for finding in pvm["status"].get("findings", []):
        if finding["reason"] == "SnapshotReverted":
            return finding.get("at"), finding.get("evidence", {})
    return None, {}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", choices=["snapshot", "current"], default="snapshot", help="which revert")
    parser.add_argument("--idle", type=int, default=0, metavar="SECONDS", help="wait before the first revert")
    parser.add_argument("--no-backup", action="store_true", help="the VMs have a committed full and a snapshot already")
    parser.add_argument("--namespace", default="shop")
    parser.add_argument("--patience", type=int, default=60, metavar="SECONDS", help="how long to wait for a condition")
    options = parser.parse_args()

    vcenter = connect()
    watch = Watch(options.namespace)
    guarded = json.loads(kubectl("get", "protectedvm", "-n", options.namespace, "-o", "json"))["items"]
    vms = {p["metadata"]["name"]: vim.VirtualMachine(p["status"]["vm"]["moRef"], vcenter._stub) for p in guarded}
    if not vms:
        sys.exit(f"no ProtectedVM in namespace {options.namespace}")

    if not options.no_backup:
        for number, (name, vm) in enumerate(vms.items(), 1):
            print(f"backing up {number}/{len(vms)}: {name}", flush=True)
            snapshot_of(vm)
            back_up(options.namespace, name, vm)
            if not watch.wait(name, condition("ForceFull", "False"), options.patience):
                sys.exit(f"{name}: ForceFull did not become False after a committed full")
    if options.idle:
        print(f"idle for {options.idle} s", flush=True)
        time.sleep(options.idle)

    ahead = clock_difference(vcenter)
    print(f"vCenter's clock is {ahead * 1000:+.1f} ms from ours")
    seconds, wrong = [], []
    for name, vm in vms.items():
        completed = revert(vm, options.to) - ahead
        seen = watch.wait(name, condition("ForceFull", "True", "SnapshotReverted"), options.patience)
        if not seen:
            wrong.append(f"{name}: no ForceFull=True, SnapshotReverted within {options.patience} s")
            continue
        arrived, pvm = seen
        at, found = evidence(pvm)
        seconds.append(arrived - completed)
        print(f"{name}: {arrived - completed:7.3f} s  event {found.get('eventKey')}  user {found.get('user')}  at {at}")
        if not (at and found.get("eventKey") and found.get("user")):
            wrong.append(f"{name}: the evidence lacks event key, user or time: {json.dumps(found)}")
    watch.process.terminate()
    Disconnect(vcenter)

    if seconds:
        kind = "RevertToSnapshot" if options.to == "snapshot" else "RevertToCurrentSnapshot"
        print(f"{kind}, {len(seconds)} VMs: median {statistics.median(seconds):.3f} s, max {max(seconds):.3f} s")
    print(f"finished {datetime.datetime.now(datetime.timezone.utc).isoformat(timespec='seconds')}")
    if wrong:
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main()
