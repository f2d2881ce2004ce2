"""What is counted, and under which labels."""

from __future__ import annotations

import contextlib

import pytest
from prometheus_client import REGISTRY

from tests.metrics import Change
from workix.api.problems import problem_response
from workix.core.errors import LimitReached, NotFound
from workix.observability import metrics
from workix.observability.metrics import job_counted, outcome_counted

pytestmark = pytest.mark.requirement("S29")


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
    assert REGISTRY.get_sample_value("workix_role_repairs_total", {"outcome": "failed"}) is not None
    assert REGISTRY.get_sample_value("workix_connection_waits_total", {"outcome": "none_free"}) is not None
