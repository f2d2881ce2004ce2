"""What is measured is documented, and what dashboards and rules ask for is measured."""

from __future__ import annotations

import re

import pytest

from tests.house.metrics.series import added_up, defined, expressions, family, named_in, panels, recorded
from tests.house.sources import PROJECT

PAGE = (PROJECT / "docs" / "observability.md").read_text(encoding="utf-8")
_ROW = re.compile(r"^\| `((?:workix|django)_\w+)` \| (\w+) \| ([\w, ]*) ?\| (.+) \|$", re.MULTILINE)


def ours() -> dict[str, tuple[str, tuple[str, ...], str]]:
    """Return the series we named ourselves; the others have django-prometheus' names and words."""
    return {name: each for name, each in defined().items() if name.startswith("workix_")}


#: What Grafana dashboards made for django-prometheus ask for, where it has a meaning here: there is no cache.
WELL_KNOWN = {
    "django_db_errors_total",
    "django_db_execute_total",
    "django_db_new_connection_errors_total",
    "django_db_new_connections_total",
    "django_db_query_duration_seconds",
    "django_http_exceptions_total_by_type_total",
    "django_http_exceptions_total_by_view_total",
    "django_http_requests_before_middlewares_total",
    "django_http_requests_latency_including_middlewares_seconds",
    "django_http_requests_latency_seconds_by_view_method",
    "django_http_requests_total_by_method_total",
    "django_http_requests_total_by_transport_total",
    "django_http_requests_total_by_view_transport_method_total",
    "django_http_responses_before_middlewares_total",
    "django_http_responses_body_total_bytes",
    "django_http_responses_total_by_status_total",
    "django_http_responses_total_by_status_view_method_total",
    "django_migrations_applied_total",
    "django_migrations_unapplied_total",
}


def test_what_public_dashboards_ask_for_is_there() -> None:
    assert {name for name in defined() | added_up() if name.startswith("django_")} == WELL_KNOWN


@pytest.mark.requirement("S29")
def test_the_page_lists_every_series_with_its_kind_and_labels() -> None:
    listed = {
        name: (kind, tuple(filter(None, labels.strip().split(", ")))) for name, kind, labels, _ in _ROW.findall(PAGE)
    }
    assert listed == {name: (kind, labels) for name, (kind, labels, _) in (defined() | added_up()).items()}


def test_every_series_says_what_it_is_in_the_words_of_the_page() -> None:
    said = {name: text for name, _, _, text in _ROW.findall(PAGE)}
    different = {
        name: (text, said[name])
        for name, (_, _, text) in ours().items()
        if not said[name].startswith(text.rstrip(".").partition(":")[0])
    }
    assert different == {}


def test_every_series_is_named_as_the_house_names_them() -> None:
    names = [name for name in ours() if not re.fullmatch(r"workix_[a-z]+(_[a-z]+)*", name)]
    counters = [name for name, (kind, *_) in ours().items() if (kind == "counter") != name.endswith("_total")]
    assert (names, counters) == ([], [])


@pytest.mark.requirement("S32", "S33")
def test_what_the_dashboard_and_the_rules_ask_for_is_there() -> None:
    asked = {family(name) for expression in expressions() for name in named_in(expression)}
    assert asked - set(defined()) - set(added_up()) - recorded() == set()


@pytest.mark.requirement("S32")
def test_every_series_is_on_the_dashboard() -> None:
    shown = {family(name) for panel in panels() for target in panel["targets"] for name in named_in(target["expr"])}
    assert set(defined()) - shown == set()


def test_no_label_could_name_a_customer_but_the_id_in_two_series() -> None:
    """Of these there are never more than twenty-one, and twenty: decisions 0052 and 0056."""
    series = defined() | added_up()
    assert series.pop("workix_organization_requests")[1] == ("organization",)
    assert series.pop("workix_quota_used_ratio")[1] == ("organization", "resource")
    labels = {label for _, labels, _ in series.values() for label in labels}
    ours = "code outcome reason resource task queue role state version python kind wait plan folder"
    assert labels == set(f"{ours} method view status transport type alias vendor connection".split())
