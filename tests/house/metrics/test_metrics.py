"""What is measured is documented, and what dashboards and rules ask for is measured."""

from __future__ import annotations

import re

import pytest

from tests.house.metrics.series import defined, expressions, family, named_in, panels, recorded, rules
from tests.house.sources import PROJECT

PAGE = (PROJECT / "docs" / "observability.md").read_text(encoding="utf-8")
RUNBOOKS = (PROJECT / "docs" / "runbooks.md").read_text(encoding="utf-8")
_ROW = re.compile(r"^\| `(workix_\w+)` \| (\w+) \| ([\w, ]*) ?\| (.+) \|$", re.MULTILINE)


@pytest.mark.requirement("S29")
def test_the_page_lists_every_series_with_its_kind_and_labels() -> None:
    listed = {
        name: (kind, tuple(filter(None, labels.strip().split(", ")))) for name, kind, labels, _ in _ROW.findall(PAGE)
    }
    assert listed == {name: (kind, labels) for name, (kind, labels, _) in defined().items()}


def test_every_series_says_what_it_is_in_the_words_of_the_page() -> None:
    said = {name: text for name, _, _, text in _ROW.findall(PAGE)}
    different = {
        name: (text, said[name])
        for name, (_, _, text) in defined().items()
        if not said[name].startswith(text.rstrip(".").partition(":")[0])
    }
    assert different == {}


def test_every_series_is_named_as_the_house_names_them() -> None:
    names = [name for name in defined() if not re.fullmatch(r"workix_[a-z]+(_[a-z]+)*", name)]
    counters = [name for name, (kind, *_) in defined().items() if (kind == "counter") != name.endswith("_total")]
    assert (names, counters) == ([], [])


@pytest.mark.requirement("S32", "S33")
def test_what_the_dashboard_and_the_rules_ask_for_is_there() -> None:
    asked = {family(name) for expression in expressions() for name in named_in(expression)}
    assert asked - set(defined()) - recorded() == set()


@pytest.mark.requirement("S32")
def test_every_series_is_on_the_dashboard() -> None:
    shown = {family(name) for panel in panels() for target in panel["targets"] for name in named_in(target["expr"])}
    assert set(defined()) - shown == set()


@pytest.mark.requirement("S33")
def test_every_alert_has_a_runbook_and_every_runbook_an_alert() -> None:
    alerts = {rule["alert"]: rule for rule in rules() if "alert" in rule}
    assert set(re.findall(r"^## (\w+)$", RUNBOOKS, re.MULTILINE)) == set(alerts)
    assert {name: rule["annotations"]["runbook_url"] for name, rule in alerts.items()} == {
        name: f"docs/runbooks.md#{name.lower()}" for name in alerts
    }
    assert {rule["labels"]["severity"] for rule in alerts.values()} == {"page", "ticket"}
    assert {
        name
        for name, rule in alerts.items()
        if f"## {name}\n\n*{rule['labels']['severity'].capitalize()}.*" not in RUNBOOKS
    } == set()


def test_no_label_could_name_a_customer() -> None:
    labels = {label for _, labels, _ in defined().values() for label in labels}
    assert labels == set("method view status code outcome resource task queue role state version python".split())
