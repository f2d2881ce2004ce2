"""PrometheusRule: the alerts of deploy/prometheus/rules.yml as Prometheus' operator reads them."""

from __future__ import annotations

import textwrap

from tools.kubernetes import FOLDER

RULES = FOLDER.parent / "prometheus" / "rules.yml"
FILE = FOLDER / "base" / "prometheus-rule.yaml"

_HEAD = """\
# The alerts, for Prometheus' operator. Written from deploy/prometheus/rules.yml by `make docs`: change them there.
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: workix
  labels:
    app.kubernetes.io/name: workix
    app.kubernetes.io/component: platform
spec:
"""


def prometheus_rule() -> str:
    """Write the manifest around what the one file says, as it says it."""
    _, _, groups = RULES.read_text(encoding="utf-8").partition("\ngroups:")
    return _HEAD + textwrap.indent(f"groups:{groups}", "  ")
