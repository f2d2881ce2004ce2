"""Which series there are, and which the dashboard, the rules and the pages name."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import yaml
from prometheus_client import Counter, Gauge, Histogram

from tests.house.sources import PROJECT
from workix.foundation import metrics

DEPLOY = PROJECT / "deploy"
RULES = DEPLOY / "prometheus" / "rules.yml"
DASHBOARD = DEPLOY / "grafana" / "dashboards" / "workix.json"
_NAME = re.compile(r"\bworkix[_:][a-z0-9_:]+")
_PARTS_OF_A_HISTOGRAM = re.compile(r"_(bucket|sum|count)$")


def defined() -> dict[str, tuple[str, tuple[str, ...], str]]:
    """Return kind, labels and meaning of each series of ours, by the name Prometheus knows it by."""
    counted = [each for each in vars(metrics).values() if isinstance(each, (Counter, Gauge, Histogram))]
    return {
        each._name + "_total" * isinstance(each, Counter): (each._type, each._labelnames, each._documentation)
        for each in counted
    } | {each.name: ("gauge", each.labels, each.help) for each in metrics.READINGS}


def rules() -> list[dict[str, Any]]:
    groups = yaml.safe_load(RULES.read_text(encoding="utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def recorded() -> set[str]:
    """Name what rules record: it is made by Prometheus, and not by us."""
    return {rule["record"] for rule in rules() if "record" in rule}


def panels() -> list[dict[str, Any]]:
    return [panel for panel in json.loads(DASHBOARD.read_text(encoding="utf-8"))["panels"] if panel["type"] != "row"]


def expressions() -> Iterator[str]:
    """Visit everything the rules and the dashboard ask Prometheus."""
    yield from (rule["expr"] for rule in rules())
    yield from (target["expr"] for panel in panels() for target in panel["targets"])


def named_in(text: str) -> set[str]:
    return set(_NAME.findall(text))


def family(name: str) -> str:
    """Name the histogram a part belongs to; anything else is its own family."""
    return _PARTS_OF_A_HISTOGRAM.sub("", name)
