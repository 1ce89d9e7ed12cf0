#!/usr/bin/env python3
"""Sums up the Surefire reports of all modules: the cluster that ran, integration tests by what they ran on (their
JUnit tags), failures, and every skip by name with its reason. Exits 1 if there are failures or no tests."""

import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

ROOT = pathlib.Path(__file__).resolve().parent.parent
TAG = re.compile(r'@Tag\("([^"]+)"\)')
CLASS = re.compile(r"^(?:(?:public|abstract|final|sealed|non-sealed)\s+)*class\s+(\w+)(?:\s+extends\s+(\w+))?", re.M)


def sources():
    """Simple name of each test class -> text of its file."""
    return {f.stem: f.read_text() for f in ROOT.glob("*/src/test/java/**/*.java")}


def tags_of(name, texts):
    """The tags of a class and of those it extends: JUnit inherits them."""
    tags = set()
    while name in texts:
        declaration = CLASS.search(texts[name])
        if not declaration:
            break
        tags |= set(TAG.findall(texts[name][: declaration.start()]))
        name = declaration.group(2)
    return tags


def main():
    texts = sources()
    clusters, failed, skipped, cases = set(), [], [], []
    for report in sorted(ROOT.glob("*/target/surefire-reports/TEST-*.xml")):
        suite = ElementTree.parse(report).getroot()
        for output in suite.iter("system-out"):
            clusters |= set(re.findall(r"^cluster: (.*?)(?: at https?:\S+)?$", output.text or "", re.M))
        for case in suite.iter("testcase"):
            owner = case.get("classname").rsplit(".", 1)[-1].split("$")[0]
            name = f"{owner}.{case.get('name')}"
            skip = case.find("skipped")
            if skip is not None:
                text = skip.get("message") or (skip.text or "").strip().splitlines()[0:1]
                text = text if isinstance(text, str) else " ".join(text)
                skipped.append((name, text.removeprefix("org.opentest4j.TestAbortedException: ")))
                continue
            if case.find("failure") is not None or case.find("error") is not None:
                failed.append(name)
            cases.append((owner, tags_of(owner, texts)))

    def count(*wanted):
        return sum(1 for owner, tags in cases if owner.endswith("IT") and set(wanted) <= tags)

    integration = sum(1 for owner, _ in cases if owner.endswith("IT"))
    print()
    print("Summary")
    for cluster in sorted(clusters) or ["none was started"]:
        print(f"  cluster: {cluster}")
    print(f"  tests: {len(cases)} run, {len(failed)} failed, {len(skipped)} skipped; {integration} of them integration tests")
    print(f"  integration tests on a real API server: {count('cluster')}")
    print(f"    of these with stock vcsim: {count('cluster', 'vcsim')}, with the simulator: {count('cluster', 'simulator')}")
    print(f"  integration tests with stock vcsim: {count('vcsim')}, with the simulator: {count('simulator')}")
    for name, reason in skipped:
        print(f"  skipped: {name}: {reason}")
    for name in failed:
        print(f"  FAILED: {name}")
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
