"""The JSON of a Grafana dashboard, from rows of panels with PromQL queries: layout and options are alike in all of them."""

# Note [Nothing has happened]
# A counter with labels has no series before the thing happens for the first time, and Grafana says "No data" then, which looks
# as if the panel were broken. `quiet` names a label of such a query: until there is something, a line at zero says "none".

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

SOURCE = {"type": "prometheus", "uid": "prometheus"}
WIDTH = 24
RATE = "$__rate_interval"
_LINE = {
    "drawStyle": "line",
    "lineWidth": 1,
    "fillOpacity": 12,
    "showPoints": "never",
    "stacking": {"mode": "none"},
}
_GRAPH_OPTIONS = {
    "legend": {"displayMode": "list", "placement": "bottom", "showLegend": True},
    "tooltip": {"mode": "multi", "sort": "desc"},
}
_STAT_OPTIONS = {
    "reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False},
    "colorMode": "value",
    "graphMode": "none",
    "textMode": "auto",
    "orientation": "auto",
}


@dataclass(frozen=True)
class Query:
    """A PromQL expression, and what its lines are called. `quiet`: nothing may have happened (Note [Nothing has happened])."""

    expression: str
    legend: str = ""
    quiet: str = ""

    @property
    def promql(self) -> str:
        if not self.quiet:
            return self.expression
        return f'{self.expression} or on() label_replace(vector(0), "{self.quiet}", "none", "", "")'


@dataclass(frozen=True)
class Panel:
    """What one panel shows, and a sentence on what it tells. `unit` is Grafana's (s, bytes, reqps, ops, short, percentunit)."""

    title: str
    tells: str
    queries: Sequence[Query]
    unit: str = "short"
    height: ClassVar[int] = 8
    type: ClassVar[str] = "timeseries"

    def defaults(self) -> dict[str, Any]:
        return {"unit": self.unit, "min": 0, "custom": _LINE}

    def options(self) -> dict[str, Any]:
        return _GRAPH_OPTIONS

    def target(self, query: Query, number: int) -> dict[str, Any]:
        return {
            "refId": "ABCDEFGH"[number],
            "datasource": SOURCE,
            "expr": query.promql,
            "legendFormat": query.legend,
            "range": True,
        }


@dataclass(frozen=True)
class Figure(Panel):
    """One number. `steps` are its colors from each value on; `words` what is shown in place of a value."""

    steps: Sequence[tuple[str, float | None]] = ()
    words: Sequence[tuple[str, str, str]] = ()
    most: float | None = None
    decimals: int | None = None
    height: ClassVar[int] = 4
    type: ClassVar[str] = "stat"

    def defaults(self) -> dict[str, Any]:
        given: dict[str, Any] = {"unit": self.unit, "min": 0}
        if self.most is not None:
            given["max"] = self.most
        if self.decimals is not None:
            given["decimals"] = self.decimals
        if self.steps:
            steps = [{"color": color, "value": value} for color, value in self.steps]
            given["thresholds"] = {"mode": "absolute", "steps": steps}
        if self.words:
            shown = {value: {"text": text, "color": color} for value, text, color in self.words}
            given["mappings"] = [{"type": "value", "options": shown}]
        return given

    def options(self) -> dict[str, Any]:
        return _STAT_OPTIONS

    def target(self, query: Query, number: int) -> dict[str, Any]:
        return {**super().target(query, number), "instant": True, "range": False}


@dataclass(frozen=True)
class Row:
    """A headline, and panels side by side below it, six at most."""

    title: str
    panels: Sequence[Panel]


@dataclass(frozen=True)
class Dashboard:
    """A page of Grafana: its name in addresses, its title, and a sentence on whose questions it answers."""

    uid: str
    title: str
    answers: str
    rows: Sequence[Row] = field(default=())

    def document(self) -> str:
        """Write the dashboard as JSON, as Grafana provisions it."""
        return json.dumps(self._model(), indent=2, ensure_ascii=False) + "\n"

    def _model(self) -> dict[str, Any]:
        return {
            "uid": self.uid,
            "title": self.title,
            "description": self.answers,
            "tags": ["workix"],
            "timezone": "utc",
            "schemaVersion": 39,
            "version": 1,
            "editable": False,
            "refresh": "30s",
            "time": {"from": "now-6h", "to": "now"},
            "templating": {"list": []},
            "links": [
                {"type": "dashboards", "title": "Workix", "tags": ["workix"], "includeVars": False, "keepTime": True}
            ],
            "annotations": {"list": [_ALERTS]},
            "panels": self._laid_out(),
        }

    def _laid_out(self) -> list[dict[str, Any]]:
        placed: list[dict[str, Any]] = []
        top = 0
        for row in self.rows:
            head = {"type": "row", "title": row.title, "collapsed": False, "panels": []}
            placed.append({**head, "id": len(placed) + 1, "gridPos": {"x": 0, "y": top, "w": WIDTH, "h": 1}})
            width = WIDTH // len(row.panels)
            for number, panel in enumerate(row.panels):
                place = {"x": number * width, "y": top + 1, "w": width, "h": panel.height}
                placed.append({"id": len(placed) + 1, **_rendered(panel), "gridPos": place})
            top += 1 + max(panel.height for panel in row.panels)
        return placed


_ALERTS = {
    "name": "Alerts",
    "datasource": SOURCE,
    "enable": True,
    "expr": 'ALERTS{alertstate="firing"}',
    "titleFormat": "{{alertname}}",
    "iconColor": "red",
}


def _rendered(panel: Panel) -> dict[str, Any]:
    return {
        "type": panel.type,
        "title": panel.title,
        "description": panel.tells,
        "datasource": SOURCE,
        "fieldConfig": {"defaults": panel.defaults(), "overrides": []},
        "options": panel.options(),
        "targets": [panel.target(query, number) for number, query in enumerate(panel.queries)],
    }


def by_rate(series: str, *labels: str, quiet: bool = False, called: str = "") -> Query:
    """Ask how many a second there are of a counter, a line for each value of the labels."""
    shown = called or " ".join(f"{{{{{label}}}}}" for label in labels)
    return Query(f"sum by ({', '.join(labels)}) (rate({series}[{RATE}]))", shown, labels[0] if quiet else "")


def by_hour(series: str, *labels: str, quiet: bool = False, called: str = "") -> Query:
    """Ask how many there were of a counter in an hour, a line for each value of the labels."""
    shown = called or " ".join(f"{{{{{label}}}}}" for label in labels)
    return Query(f"sum by ({', '.join(labels)}) (increase({series}[1h]))", shown, labels[0] if quiet else "")


def slowest(share: float, buckets: str, *labels: str, called: str = "", quiet: bool = False) -> Query:
    """Ask within which time (or size) this share of what a histogram counts lies, a line for each value of the labels."""
    shown = called or " ".join(f"{{{{{label}}}}}" for label in labels)
    by = ", ".join(("le", *labels))
    asked = f"histogram_quantile({share}, sum by ({by}) (rate({buckets}[{RATE}])))"
    return Query(asked, shown, labels[0] if quiet else "")
