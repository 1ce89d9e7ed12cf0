#!/usr/bin/env python3
"""Does what a newcomer does: clones the checkout's last commit, and runs the first half of docs/quickstart.md command by command in
one shell, with an empty home and empty caches, until the first ForceFull is seen and everything is stopped again. Prints what each
step took. How this machine reaches its package registries (Maven's settings, environment) is kept. Takes a quarter of an hour."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = "docs/quickstart.md"
SECTION = "## On your machine"
MARK = "cold-start-step"


def commands(page):
    """The commands of the section, with continuation lines; prompts are left out, as is what they print."""
    section = page.split(SECTION, 1)[1].split("\n## ", 1)[0]
    for block in re.findall(r"^```\n(.*?)^```", section, re.M | re.S):
        transcript = re.search(r"^\$ ", block, re.M)
        for found in re.finditer(r"^(\$ )?((?:.*\\\n)*.*)$", block, re.M):
            if found[2].strip() and (found[1] or not transcript):
                yield found[2]
    yield "make down"


def script(steps):
    """One shell for all, as a reader has; the marks tell which step is running."""
    lines = ["set -euo pipefail"]
    for number, step in enumerate(steps):
        shows_failure = step.endswith("echo $?")
        lines += [f"echo {MARK} {number}", *(["set +e", step, "set -e"] if shows_failure else [step])]
    return "\n".join([*lines, f"echo {MARK} {len(steps)}"])


def main():
    work = pathlib.Path(tempfile.mkdtemp(prefix="cold-start-"))
    home, clone = work / "home", work / "cbtguard"
    (home / ".m2").mkdir(parents=True)
    settings = pathlib.Path.home() / ".m2/settings.xml"
    if settings.exists():
        shutil.copy(settings, home / ".m2")
    begun = time.monotonic()
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    print(f"{time.monotonic() - begun:8.1f} s  git clone", flush=True)
    steps = list(commands((clone / PAGE).read_text()))
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("CBTGUARD_", "XDG_"))},
        "HOME": str(home),
        # Java and Maven ask the system for the home, not the environment.
        "MAVEN_OPTS": f"-Duser.home={home}",
        "GOPATH": str(home / "go"),
        "GOCACHE": str(home / "go-cache"),
        "PIP_NO_CACHE_DIR": "1",
    }
    log = (work / "log").open("w")
    shell = subprocess.Popen(
        ["bash", "-c", script(steps)], cwd=clone, env=environment, text=True, stdout=subprocess.PIPE, stderr=log
    )
    since, running = time.monotonic(), None
    for line in shell.stdout:
        mark = re.match(rf"{MARK} (\d+)$", line)
        if not mark:
            log.write(line)
            continue
        now = time.monotonic()
        if running is not None:
            print(f"{now - since:8.1f} s  {running}", flush=True)
        since, running = now, [*steps, None][int(mark[1])]
        running = running and running.splitlines()[0]
    failed = shell.wait() != 0
    if failed:
        print(f"cold-start: stopped at: {running}; see {log.name}", file=sys.stderr)
        subprocess.run(["make", "down"], cwd=clone, env=environment, check=False)
    else:
        print(f"{time.monotonic() - begun:8.1f} s  in all")
        subprocess.run(["chmod", "-R", "u+w", str(work)], check=False)  # Go keeps its modules read-only
        shutil.rmtree(work)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
