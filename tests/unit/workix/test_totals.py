"""What django-prometheus' dashboards name and we do not count is the sum of what we count."""

from __future__ import annotations

import pytest
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from workix.observability.totals import TOTALS, totals

pytestmark = pytest.mark.requirement("S29")

Series = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def added_up(registry: CollectorRegistry) -> Series:
    """Read the totals as Prometheus does."""
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(totals(generate_latest(registry).decode()))
        for sample in family.samples
    }


def of(series: Series, name: str) -> dict[str, float]:
    """Return the series of a name, by the values of their labels."""
    return {" ".join(value for _, value in labels): value for (each, labels), value in series.items() if each == name}


def test_responses_are_added_up_by_each_label_and_by_none() -> None:
    registry = CollectorRegistry()
    name, labels = "django_http_responses_total_by_status_view_method", ("status", "view", "method", "transport")
    counted = Counter(name, "Responses.", labels, registry=registry)
    for number, kind in enumerate(
        [
            ("200", "api/v1/me/", "GET", "http"),
            ("200", "api/v1/me/", "PATCH", "http"),
            ("404", "api/v1/users/<uuid:pk>/", "GET", "https"),
            ("404", 'a"b\\c}\n', "GET", "https"),
        ]
    ):
        counted.labels(*kind).inc(10**number)
    found = added_up(registry)
    assert of(found, "django_http_requests_before_middlewares_total") == {"": 1111}
    assert of(found, "django_http_responses_before_middlewares_total") == {"": 1111}
    assert of(found, "django_http_requests_total_by_method_total") == {"GET": 1101, "PATCH": 10}
    assert of(found, "django_http_requests_total_by_transport_total") == {"http": 11, "https": 1100}
    assert of(found, "django_http_responses_total_by_status_total") == {"200": 11, "404": 1100}
    assert of(found, "django_http_requests_total_by_view_transport_method_total") == {
        "GET http api/v1/me/": 1,
        "PATCH http api/v1/me/": 10,
        "GET https api/v1/users/<uuid:pk>/": 100,
        'GET https a"b\\c}\n': 1000,
    }


def test_latency_is_added_up_over_all_views() -> None:
    registry = CollectorRegistry()
    name = "django_http_requests_latency_seconds_by_view_method"
    timed = Histogram(name, "Time.", ("view", "method"), buckets=(0.5, 1), registry=registry)
    timed.labels("a", "GET").observe(0.25)
    timed.labels("b", "GET").observe(0.75)
    timed.labels("b", "POST").observe(4)
    found, total = added_up(registry), "django_http_requests_latency_including_middlewares_seconds"
    assert of(found, f"{total}_bucket") == {"0.5": 1, "1.0": 2, "+Inf": 3}
    assert (of(found, f"{total}_count"), of(found, f"{total}_sum")) == ({"": 3}, {"": 5})


def test_statements_are_those_that_were_timed() -> None:
    registry = CollectorRegistry()
    timed = Histogram("django_db_query_duration_seconds", "Time.", ("alias", "vendor"), registry=registry)
    for _ in range(3):
        timed.labels("tenant", "postgresql").observe(0.001)
    assert of(added_up(registry), "django_db_execute_total") == {"tenant postgresql": 3}


def test_where_nothing_was_counted_the_families_are_named_all_the_same() -> None:
    families = [family.name for family in text_string_to_metric_families(totals(""))]
    assert families == [total.name.removesuffix("_total") for total in TOTALS]
