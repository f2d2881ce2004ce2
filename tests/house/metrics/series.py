"""Which series there are, and which the dashboards, the rules and the pages name."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import yaml
from django_prometheus.db import connection_errors_total, connections_total, errors_total, query_duration_seconds
from prometheus_client import Counter, Gauge, Histogram

from tests.house.sources import PROJECT
from workix.observability import metrics
from workix.observability.readings import READINGS
from workix.observability.request_metrics import RequestMetrics
from workix.observability.totals import TOTALS

DEPLOY = PROJECT / "deploy"
RULES = DEPLOY / "prometheus" / "rules.yml"
DASHBOARDS = sorted((DEPLOY / "grafana" / "dashboards").glob("*.json"))
DATABASE = (connections_total, connection_errors_total, errors_total, query_duration_seconds)
Definitions = dict[str, tuple[str, tuple[str, ...], str]]
_NAME = re.compile(r"\b(?:workix[_:]|django_)[a-z0-9_:]+")
_PARTS_OF_A_HISTOGRAM = re.compile(r"_(bucket|sum|count)$")


def defined() -> Definitions:
    """Return kind, labels and meaning of each series that is counted or read, by the name Prometheus knows it by."""
    counted = (*vars(metrics).values(), *vars(RequestMetrics.get_instance()).values(), *DATABASE)
    return {
        each._name + "_total" * isinstance(each, Counter): (each._type, tuple(each._labelnames), each._documentation)
        for each in counted
        if isinstance(each, (Counter, Gauge, Histogram))
    } | {each.name: ("gauge", each.labels, each.help) for each in READINGS}


def added_up() -> Definitions:
    """Return the same of each series that is a sum of others."""
    return {
        each.name: (each.kind, tuple(label for label in each.labels if label != "le"), each.help) for each in TOTALS
    }


@cache
def rules() -> list[dict[str, Any]]:
    groups = yaml.safe_load(RULES.read_text(encoding="utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def alerts() -> dict[str, dict[str, Any]]:
    """Return the rules that speak, by name."""
    return {rule["alert"]: rule for rule in rules() if "alert" in rule}


def recorded() -> set[str]:
    """Name what rules record: it is made by Prometheus, and not by us."""
    return {rule["record"] for rule in rules() if "record" in rule}


def panels() -> list[dict[str, Any]]:
    """Return what each of Grafana's dashboards shows."""
    return [
        panel
        for file in DASHBOARDS
        for panel in json.loads(file.read_text(encoding="utf-8"))["panels"]
        if panel["type"] != "row"
    ]


def expressions() -> Iterator[str]:
    """Visit everything the rules and the dashboards ask Prometheus."""
    yield from (rule["expr"] for rule in rules())
    yield from (target["expr"] for panel in panels() for target in panel["targets"])


def named_in(text: str) -> set[str]:
    return set(_NAME.findall(text))


def family(name: str) -> str:
    """Name the histogram a part belongs to; anything else is its own family."""
    return _PARTS_OF_A_HISTOGRAM.sub("", name)
