#!/usr/bin/env python3
"""Every relative link of a tracked Markdown file leads to a file, and to a heading where it names one."""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```", re.M | re.S)


def anchors(text):
    """GitHub's names of the headings: lower case, punctuation gone, blanks to hyphens."""
    headings = re.findall(r"^#+ +(.*)$", CODE.sub("", text), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def unlinked(text):
    """Without code words, but for those that are themselves a link's text."""
    return re.sub(r"`[^`\n]*`(?!\]\()", "", text)


def main():
    listed = subprocess.run(["git", "ls-files", "-z", "*.md"], cwd=ROOT, capture_output=True, text=True, check=True)
    broken = []
    for name in filter(None, listed.stdout.split("\0")):
        page = ROOT / name
        for link in LINK.findall(unlinked(CODE.sub("", page.read_text()))):
            if re.match(r"[a-z][a-z+.-]*:", link):
                continue
            path, _, anchor = link.partition("#")
            target = (page.parent / path).resolve() if path else page
            if not target.exists():
                broken.append(f"{name}: {link}: no such file")
            elif anchor and target.suffix == ".md" and anchor not in anchors(target.read_text()):
                broken.append(f"{name}: {link}: no such heading")
    print("\n".join(broken), end="\n" if broken else "", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
