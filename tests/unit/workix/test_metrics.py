"""What is counted, under which labels, and what is read but not counted."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import resolve

from workix.api.problems import problem_response
from workix.core.errors import LimitReached, NotFound
from workix.foundation import metrics
from workix.foundation.metrics import REGISTRY, Readings, count_request, job_counted, outcome_counted
from workix.web.request import RequestMiddleware

pytestmark = pytest.mark.requirement("S29")


def value(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


class Change:
    """How much a series grew inside the block."""

    def __init__(self, name: str, **labels: str) -> None:
        self.name, self.labels, self.by = name, labels, 0.0

    def __enter__(self) -> Change:
        self._before = value(self.name, **self.labels)
        return self

    def __exit__(self, *exc: object) -> None:
        self.by = value(self.name, **self.labels) - self._before


def test_a_request_is_counted_and_timed_by_method_view_and_class_of_status() -> None:
    labels = {"method": "GET", "view": "test/counted/"}
    with (
        Change("workix_requests_total", **labels, status="2xx") as fine,
        Change("workix_requests_total", **labels, status="4xx") as refused,
        Change("workix_request_seconds_count", **labels) as timed,
        Change("workix_request_seconds_sum", **labels) as seconds,
        Change("workix_request_seconds_bucket", **labels, le="0.05") as quick,
    ):
        count_request("GET", "test/counted/", 200, 0.03)
        count_request("GET", "test/counted/", 204, 0.3)
        count_request("GET", "test/counted/", 404, 0.03)
    assert (fine.by, refused.by, timed.by, round(seconds.by, 6), quick.by) == (2, 1, 3, 0.36, 2)


def test_methods_somebody_made_up_are_one_series() -> None:
    kinds = len(metrics._counters)
    with Change("workix_requests_total", method="other", view="none", status="4xx") as change:
        for number in range(50):
            count_request(f"EVIL{number}", "none", 405, 0.001)
    assert (change.by, len(metrics._counters)) == (50, kinds)


def test_the_view_is_the_template_of_the_route_and_never_the_path() -> None:
    path = "/api/v1/users/0190a7c5-0000-7000-8000-000000000000/"
    with Change("workix_requests_total", method="GET", view=resolve(path).route, status="2xx") as change:
        ask(path, resolve(path))
    assert (change.by, "0190a7c5" in resolve(path).route) == (1, False)


def test_what_leads_nowhere_is_counted_without_its_path() -> None:
    with Change("workix_requests_total", method="GET", view="none", status="4xx") as change:
        ask("/wp-admin/setup.php?step=1", None, status=404)
    assert change.by == 1


def ask(path: str, match: Any, *, status: int = 200) -> None:
    def answer(request: HttpRequest) -> HttpResponse:
        request.resolver_match = match
        return HttpResponse(status=status)

    RequestMiddleware(answer)(RequestFactory().get(path))


def test_every_problem_is_counted_by_its_code() -> None:
    with Change("workix_refusals_total", code="not_found") as change:
        problem_response(NotFound())
    assert change.by == 1


@pytest.mark.parametrize(
    ("error", "outcome"), [(None, "ok"), (LimitReached("No."), "quota_exceeded"), (KeyError("a"), "failed")]
)
def test_an_outcome_is_ok_or_the_code_of_the_refusal_or_failed(error: Exception | None, outcome: str) -> None:
    @outcome_counted(metrics.OPENINGS)
    def act() -> str:
        if error:
            raise error
        return "done"

    with Change("workix_openings_total", outcome=outcome) as change:
        for _ in range(2):
            with contextlib.suppress(LimitReached, KeyError):
                assert act() == "done"
    assert change.by == 2


def test_an_attempt_at_a_job_is_counted_and_timed_also_when_it_fails() -> None:
    with (
        Change("workix_jobs_total", task="test.work", outcome="failed") as failed,
        Change("workix_job_seconds_count", task="test.work") as timed,
        pytest.raises(ZeroDivisionError),
        job_counted("test.work"),
    ):
        _ = 1 / 0
    assert (failed.by, timed.by) == (1, 1)


def test_what_is_rare_begins_at_zero() -> None:
    metrics.begin_at_zero()
    assert REGISTRY.get_sample_value("workix_role_heals_total", {"outcome": "failed"}) is not None
    assert REGISTRY.get_sample_value("workix_connection_waits_total", {"outcome": "none_free"}) is not None


class Receiver:
    """Answers a scrape, and remembers how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.fails = False

    def answer(self, sender: object, **kwargs: Any) -> list[metrics.Sample]:
        self.asked += 1
        if self.fails:
            raise RuntimeError("no figures today")
        return [metrics.QUEUE_JOBS.at(self.asked, "mails", "todo")]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver, others = Receiver(), metrics.scraping.receivers
    metrics.scraping.receivers = []
    metrics.scraping.connect(receiver.answer)
    yield receiver
    metrics.scraping.receivers = others
    metrics.scraping.sender_receivers_cache.clear()


def read(readings: Readings) -> dict[str, list[float]]:
    return {family.name: [sample.value for sample in family.samples] for family in readings.collect()}


def test_readings_are_asked_for_once_in_a_few_seconds(receiver: Receiver) -> None:
    now = [100.0]
    readings = Readings("1.2.3", clock=lambda: now[0])
    first, again = read(readings), read(readings)
    now[0] += Readings.BELIEVED_SECONDS
    assert (first["workix_queue_jobs"], again["workix_queue_jobs"], read(readings)["workix_queue_jobs"]) == (
        [1.0],
        [1.0],
        [2.0],
    )
    assert first == {
        "workix_build_info": [1.0],
        "workix_database_up": [],
        "workix_queue_jobs": [1.0],
        "workix_queue_oldest_seconds": [],
    }


def test_a_reading_that_fails_takes_nothing_else_with_it(receiver: Receiver, caplog: pytest.LogCaptureFixture) -> None:
    receiver.fails = True
    assert read(Readings("1.2.3"))["workix_build_info"] == [1.0]
    assert "no figures today" in caplog.text
