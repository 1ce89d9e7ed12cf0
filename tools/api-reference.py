#!/usr/bin/env python3
"""Writes docs/api.md, every field of every kind, from crds/generated; with --check it only compares. Needs PyYAML: run it with the
interpreter that tools/python.sh names."""

import json
import sys

import yaml

from generated import ROOT, write_or_check

SOURCE = ROOT / "crds/generated"
PAGE = ROOT / "docs/api.md"
HEAD = """# API reference

Generated from [crds/generated](../crds/generated) by `tools/api-reference.py`; to change a text, change it in the Java model. The same
is told by `kubectl explain`. What the kinds are for and how they go together is in [design/api.md](design/api.md), each reason in
[reasons.md](reasons.md). Group `cbtguard.io`, version `v1alpha1`, category `cbtguard`.

A field with a default may be left out; **bold** ones may not. `[]` is a list. Rules are CEL expressions of the schema; an object that
breaks one is refused with the text beside it.
"""
ORDER = ["VCenter", "BackupPolicy", "ProtectedVM", "VMBackup", "VMRestore", "CBTAdvisory", "VMRecord"]


def cell(text):
    return " ".join(str(text).split()).replace("|", "\\|").replace("<", "&lt;")


def kind_of(schema):
    if "enum" in schema:
        return " \\| ".join(f"`{value}`" for value in schema["enum"])
    if schema.get("type") == "array":
        return "list of " + kind_of(schema["items"])
    if schema.get("type") == "object" and "additionalProperties" in schema:
        return "map"
    return schema.get("format") if schema.get("format") == "date-time" else schema.get("type", "any")


def limits(schema):
    """What the schema allows, in few words; patterns and rules of a field say it themselves."""
    said = []
    if "minimum" in schema or "maximum" in schema:
        low, high = (int(float(schema[name])) if name in schema else "" for name in ("minimum", "maximum"))
        said.append(f"{low}..{high}")
    if "maxItems" in schema:
        said.append(f"At most {schema['maxItems']} entries")
    if "pattern" in schema:
        said.append(f"`{schema['pattern']}`")
    return said


def fields(schema, path):
    for name, field in schema.get("properties", {}).items():
        item, suffix = field, ""
        while item.get("type") == "array":
            item, suffix = item["items"], suffix + "[]"
        full = f"{path}{name}{suffix}"
        shown = f"**`{full}`**" if name in schema.get("required", []) else f"`{full}`"
        default = field.get("default")
        is_leaf = "properties" not in item
        notes = [field.get("description", "").strip(), *(limits(field) if is_leaf else [])]
        yield [
            shown,
            kind_of(field) if is_leaf else ("list" if suffix else "object"),
            "" if default is None or not is_leaf else f"`{default if isinstance(default, str) else json.dumps(default)}`",
            cell(". ".join(note.rstrip(".") for note in notes if note)).replace("\\\\|", "\\|"),
        ]
        yield from fields(item, full + ".")


def rules(schema, path):
    for rule in schema.get("x-kubernetes-validations", []):
        yield [f"`{path or '.'}`", cell(rule.get("message", "")), "`" + cell(rule["rule"]).replace("&lt;", "<") + "`"]
    for name, field in schema.get("properties", {}).items():
        yield from rules(field, f"{path}.{name}")
    if "items" in schema:
        yield from rules(schema["items"], f"{path}[]")


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)]) + "\n"


def page():
    crds = {crd["spec"]["names"]["kind"]: crd for crd in (yaml.safe_load(f.read_text()) for f in SOURCE.glob("*.yml"))}
    if sorted(crds) != sorted(ORDER):
        sys.exit(f"tools/api-reference.py: its list of kinds is not {sorted(crds)}")
    yield HEAD
    for kind in ORDER:
        spec = crds[kind]["spec"]
        version = spec["versions"][0]
        schema = version["schema"]["openAPIV3Schema"]
        names = ", ".join(f"`{name}`" for name in spec["names"].get("shortNames", []))
        yield f"\n## {kind}\n{schema['description'].strip()}\n"
        yield f"\n{spec['scope']}; plural `{spec['names']['plural']}`" + (f", short {names}" if names else "") + ".\n"
        for part in ("spec", "status"):
            if part in schema["properties"]:
                yield f"\n### {kind} {part}\n" + table(
                    ["field", "type", "default", ""], fields(schema["properties"][part], "")
                )
        own = {name: value for name, value in schema["properties"].items() if name not in ("spec", "status", "metadata")}
        if own:
            plain = {"properties": own, "required": schema.get("required", [])}
            yield f"\n### {kind} fields\n" + table(["field", "type", "default", ""], fields(plain, ""))
        found = list(rules(schema, ""))
        if found:
            yield f"\n### {kind} rules\n" + table(["of", "what is said", "rule"], found)


def main():
    return write_or_check(PAGE, "".join(page()), SOURCE)


if __name__ == "__main__":
    sys.exit(main())
