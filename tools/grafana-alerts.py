#!/usr/bin/env python3
"""Writes examples/grafana/alerts.yaml, the chart's alerts as rules that Grafana evaluates itself, from deploy/prometheus/rules.yaml;
with --check it only compares. Needs PyYAML: run it with the interpreter that tools/python.sh names."""

import re
import sys

import yaml

from generated import ROOT, write_or_check

SOURCE = ROOT / "deploy/prometheus/rules.yaml"
FILE = ROOT / "examples/grafana/alerts.yaml"
HEAD = """\
# The alerts of the chart as rules that Grafana evaluates itself, for its folder provisioning/alerting. Made from
# deploy/prometheus/rules.yaml by tools/grafana-alerts.py: do not edit, but put the uid of your Prometheus data source in place of
# "prometheus". No Grafana has loaded this file here.
"""
DATASOURCE = "prometheus"
# Windows in the expressions are asked for within the query itself; this is only how far back Grafana may look for a sample.
LOOK_BACK = 600


def uid(alert):
    """CBTGuardVMAtRisk -> cbtguard-vm-at-risk: Grafana knows a rule by it, so that a new file replaces the old rule."""
    words = re.findall(r"VCenter|VM(?=[A-Z])|[A-Z][a-z]+", alert.removeprefix("CBTGuard"))
    return "-".join(["cbtguard", *(word.lower() for word in words)])


def text(template):
    """Grafana has each query's value under its refId; its $value is a text that lists all of them."""
    return template.replace("$value ", "$values.A.Value ").strip()


def rule(alert):
    return {
        "uid": uid(alert["alert"]),
        "title": alert["alert"],
        "condition": "fires",
        "data": [
            {
                "refId": "A",
                "relativeTimeRange": {"from": LOOK_BACK, "to": 0},
                "datasourceUid": DATASOURCE,
                "model": {"refId": "A", "expr": alert["expr"], "instant": True, "range": False},
            },
            {
                # As with Prometheus each series of the answer is an alert, whatever its value: that of a vCenter that is down is 0.
                "refId": "fires",
                "datasourceUid": "__expr__",
                "model": {"refId": "fires", "type": "math", "expression": "is_number($A)"},
            },
        ],
        # No series is how these expressions say that all is well.
        "noDataState": "OK",
        "execErrState": "Error",
        "for": alert["for"],
        "labels": alert["labels"],
        "annotations": {name: text(value) for name, value in alert["annotations"].items()},
    }


def main():
    source = yaml.safe_load(SOURCE.read_text())
    groups = [
        {
            "orgId": 1,
            "name": group["name"],
            "folder": "CBT Guard",
            "interval": group["interval"],
            "rules": [rule(alert) for alert in group["rules"]],
        }
        for group in source["groups"]
    ]
    made = HEAD + yaml.safe_dump({"apiVersion": 1, "groups": groups}, sort_keys=False, width=130, allow_unicode=True)
    return write_or_check(FILE, made, SOURCE)


if __name__ == "__main__":
    sys.exit(main())
