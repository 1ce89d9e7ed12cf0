#!/usr/bin/env python3
"""Compares the verbs that the operator's roles grant with those that operators asked the API server for while the tests ran
(the folder given: lines of "verb group/resource"). Exits 1 if one is granted and was not used, or was used and is not granted.
Where tests ran on a cluster whose audit log is not theirs to read, only the latter can be told."""

import pathlib
import sys

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent
ROLES = ROOT / "helm/cbtguard/files/rbac"
# The admission policy for records asks whether a writer has it; the operator framework asks whether it may, and never does.
NOT_REQUESTED = {"restore cbtguard.io/vmrecords", "update coordination.k8s.io/leases"}
# Every authenticated account may ask what it may do.
BY_KUBERNETES = ("authorization.k8s.io/", "authentication.k8s.io/")


def granted():
    verbs = set()
    for file in sorted(ROLES.glob("*.yaml")):
        for role in yaml.safe_load_all(file.read_text()):
            if role["kind"] in ("Role", "ClusterRole") and role["metadata"]["name"].startswith("cbtguard-operator"):
                for rule in role["rules"]:
                    verbs |= {
                        f"{verb} {group or 'core'}/{resource}"
                        for group in rule["apiGroups"]
                        for resource in rule["resources"]
                        for verb in rule["verbs"]
                    }
    return verbs


def unseen(folder):
    return {file.read_text().strip() for file in pathlib.Path(folder).glob("*.unseen")}


def used(folder):
    lines = set()
    for file in pathlib.Path(folder).glob("*.txt"):
        lines |= set(file.read_text().splitlines())
    return {line for line in lines if not line.split(" ", 1)[1].startswith(BY_KUBERNETES)}


def main():
    asked, given = used(sys.argv[1]), granted()
    clusters = unseen(sys.argv[1])
    idle = set() if clusters else given - asked - NOT_REQUESTED
    for verb in sorted(idle):
        print(f"  granted, and used by no test: {verb}")
    for verb in sorted(asked - given):
        print(f"  used, and not granted by {ROLES.relative_to(ROOT)}: {verb}")
    if idle or asked - given:
        print("used verbs: mend the roles, or test what needs them")
        sys.exit(1)
    if clusters:
        print(f"used verbs: whether all of {len(given)} are used cannot be told: no audit log of {', '.join(sorted(clusters))}")
        return
    print(f"used verbs: {len(given)} granted, {len(asked)} used by operators on an API server, the same"
          f" (but for {', '.join(sorted(NOT_REQUESTED))}, which are asked about, not done)")


if __name__ == "__main__":
    main()
