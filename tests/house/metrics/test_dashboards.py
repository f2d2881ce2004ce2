"""Grafana's dashboards: written from tools/dashboards, each with its questions, each panel with what it tells."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.house.metrics.series import DASHBOARDS
from tools.dashboards import files
from tools.dashboards.grafana import WIDTH, Dashboard, Panel, Query, Row, by_rate

pytestmark = pytest.mark.requirement("S33")


def models() -> list[dict[str, Any]]:
    return [json.loads(file.read_text(encoding="utf-8")) for file in DASHBOARDS]


def test_the_files_are_what_the_code_says() -> None:
    written = {file: file.read_text(encoding="utf-8") for file in DASHBOARDS}
    assert written == {file: each.document() for file, each in files.DASHBOARDS.items()}, "Run: make docs"
    assert len(written) == 5


def test_each_dashboard_and_panel_says_what_it_tells() -> None:
    for model in models():
        assert model["description"].endswith(("?", ".")), model["title"]
        for panel in model["panels"]:
            assert panel["type"] == "row" or panel["description"].endswith("."), panel["title"]


def test_a_name_or_a_number_is_given_once() -> None:
    uids = [model["uid"] for model in models()]
    assert sorted(uids) == sorted(set(uids))
    for model in models():
        for key in ("id", "title"):
            given = [panel[key] for panel in model["panels"]]
            assert len(given) == len(set(given)), (model["title"], key)


def test_no_panel_lies_on_another_or_beyond_the_edge() -> None:
    for model in models():
        cells = [cell for panel in model["panels"] for cell in _cells(panel["gridPos"])]
        assert len(cells) == len(set(cells)), model["title"]
        assert {x for x, _ in cells} <= set(range(WIDTH))


def test_what_has_not_happened_yet_is_a_line_at_zero() -> None:
    query = by_rate("workix_removals_total", "outcome", quiet=True)
    assert query.promql == (
        "sum by (outcome) (rate(workix_removals_total[$__rate_interval])) "
        'or on() label_replace(vector(0), "outcome", "none", "", "")'
    )
    assert query.legend == "{{outcome}}"


def test_panels_share_the_width_of_their_row() -> None:
    panel = Panel("A", "Tells.", (Query("up"),))
    drawn = json.loads(
        Dashboard("x", "X", "Why?", (Row("R", (panel, Panel("B", "Tells.", (Query("up"),)))),)).document()
    )
    assert [each["gridPos"] for each in drawn["panels"]] == [
        {"x": 0, "y": 0, "w": 24, "h": 1},
        {"x": 0, "y": 1, "w": 12, "h": 8},
        {"x": 12, "y": 1, "w": 12, "h": 8},
    ]


def _cells(place: dict[str, int]) -> Iterator[tuple[int, int]]:
    for x in range(place["x"], place["x"] + place["w"]):
        for y in range(place["y"], place["y"] + place["h"]):
            yield x, y
