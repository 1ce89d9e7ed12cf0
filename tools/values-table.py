#!/usr/bin/env python3
"""Writes docs/values.md, the table of the chart's values, from helm/cbtguard/values.yaml; with --check it only compares."""

import re
import sys

from generated import ROOT, write_or_check

SOURCE = ROOT / "helm/cbtguard/values.yaml"
PAGE = ROOT / "docs/values.md"
HEAD = """# Values of the chart

Generated from [helm/cbtguard/values.yaml](../helm/cbtguard/values.yaml) by `tools/values-table.py`. A name that is not here, or a
value of the wrong type, is refused by Helm (`values.schema.json`).

| value | default | |
|---|---|---|
"""


def rows(text):
    """Name, default and comment of each leaf. A comment that stands alone goes with the next key, its own comment after it."""
    path, above = [], []
    for line in text.split("\n\n", 1)[1].splitlines():
        if not line.strip():
            above = []
            continue
        comment = re.match(r" *# (.*)$", line)
        if comment:
            above.append(comment[1])
            continue
        key = re.match(r"( *)([\w.-]+):(?: +(.*?))?(?: +# (.*))?$", line)
        if not key:
            sys.exit(f"tools/values-table.py: cannot read this line of {SOURCE}: {line}")
        del path[len(key[1]) // 2 :]
        path.append(key[2])
        if key[3]:
            yield ".".join(path), key[3], " ".join([*above, key[4] or ""]).strip()
            above = []
        elif key[4]:
            above.append(key[4])


def main():
    table = "".join(
        "| `{}` | `{}` | {} |\n".format(name, default.replace("|", "\\|"), note.replace("|", "\\|").replace("<", "&lt;"))
        for name, default, note in rows(SOURCE.read_text())
    )
    return write_or_check(PAGE, HEAD + table, SOURCE)


if __name__ == "__main__":
    sys.exit(main())
