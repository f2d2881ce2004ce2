"""Metrics that are sums of others: django-prometheus' well-known series that we need not count, added up at each scrape."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

_RESPONSES = "django_http_responses_total_by_status_view_method_total"
_LATENCY = "django_http_requests_latency_seconds_by_view_method"
_STATEMENTS = "django_db_query_duration_seconds_count"


class Total(NamedTuple):
    """A family of which each series is a sum. `samples` says of what: its own suffix -> the other's full name."""

    name: str
    kind: str
    help: str
    samples: Mapping[str, str]
    labels: tuple[str, ...] = ()


TOTALS = (
    Total("django_http_requests_before_middlewares_total", "counter", "Requests answered.", {"": _RESPONSES}),
    Total("django_http_responses_before_middlewares_total", "counter", "The same, as responses.", {"": _RESPONSES}),
    Total("django_http_requests_total_by_method_total", "counter", "Requests.", {"": _RESPONSES}, ("method",)),
    Total("django_http_requests_total_by_transport_total", "counter", "Requests.", {"": _RESPONSES}, ("transport",)),
    Total(
        "django_http_requests_total_by_view_transport_method_total",
        "counter",
        "Requests.",
        {"": _RESPONSES},
        ("view", "transport", "method"),
    ),
    Total("django_http_responses_total_by_status_total", "counter", "Responses.", {"": _RESPONSES}, ("status",)),
    Total(
        "django_http_requests_latency_including_middlewares_seconds",
        "histogram",
        "Time from a request to its answer, of all views together.",
        {suffix: _LATENCY + suffix for suffix in ("_bucket", "_sum", "_count")},
        ("le",),
    ),
    Total("django_db_execute_total", "counter", "Statements executed.", {"": _STATEMENTS}, ("alias", "vendor")),
)

Labels = tuple[tuple[str, str], ...]

_SOURCES = "|".join(sorted({source for total in TOTALS for source in total.samples.values()}))
_SAMPLE = re.compile(rf"^({_SOURCES})\{{(.*)\}} (\S+)$", re.MULTILINE)
_LABEL = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')


def totals(page: str) -> str:
    """Add up what a page in Prometheus' text format has, and return the sums in that format."""
    found: dict[str, list[tuple[dict[str, str], float]]] = defaultdict(list)
    for source, labels, value in _SAMPLE.findall(page):
        found[source].append((dict(_LABEL.findall(labels)), float(value)))
    return "".join(line for total in TOTALS for line in _lines(total, found))


def _lines(total: Total, found: Mapping[str, list[tuple[dict[str, str], float]]]) -> Iterator[str]:
    yield f"# HELP {total.name} {total.help}\n# TYPE {total.name} {total.kind}\n"
    for suffix, source in total.samples.items():
        sums: dict[Labels, float] = defaultdict(float)
        for labels, value in found.get(source, ()):
            sums[tuple((name, labels[name]) for name in total.labels if name in labels)] += value
        for kept, value in sums.items():
            written = ",".join(f'{name}="{text}"' for name, text in kept)
            yield f"{total.name}{suffix}{{{written}}} {value}\n" if kept else f"{total.name}{suffix} {value}\n"
