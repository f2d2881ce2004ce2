"""Retries: how long a job that fails is tried again, second by second."""

from __future__ import annotations

import pytest
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from tenants.jobs.retries import MAIL_RETRY, PERIODIC_RETRY, RETRY, Backoff, schedule_of


def test_a_job_is_tried_again_for_two_hours_and_fifty_minutes() -> None:
    assert RETRY.waits() == [10, 20, 40, 80, 160, 320, 640, 1280, 2560, 5120]
    assert sum(RETRY.waits()) == 10_230


@pytest.mark.fault("B5")
def test_a_mail_is_tried_again_for_three_days_at_least_once_an_hour() -> None:
    waits = MAIL_RETRY.waits()
    assert waits[:10] == [10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600]
    assert set(waits[9:]) == {3600}
    assert (len(waits), sum(waits)) == (80, 260_710)
    assert sum(waits) >= 3 * 24 * 60 * 60


@pytest.mark.fault("B5")
def test_every_mail_job_has_the_schedule_of_mails() -> None:
    schedules = {task.name: task.retry_strategy for task in app.tasks.values() if task.queue == "mails"}
    assert schedules.keys() >= {"accounts.send_confirmation_mail", "accounts.send_password_reset_mail"}
    assert set(map(id, schedules.values())) == {id(MAIL_RETRY)}


def test_a_queue_without_a_schedule_of_its_own_has_the_usual_one() -> None:
    assert (schedule_of("mails"), schedule_of("default")) == (MAIL_RETRY, RETRY)


def test_what_the_clock_asks_for_is_tried_again_for_five_minutes() -> None:
    """But a proof of isolation, which opens organizations, and whose fault is told as it is."""
    assert (PERIODIC_RETRY.waits(), sum(PERIODIC_RETRY.waits())) == ([10, 20, 40, 80, 160], 310)
    periodic = {each.task.name: each.task.retry_strategy for each in app.periodic_registry.periodic_tasks.values()}
    assert {"quotas.recount_usage", "tenants.sweep_everywhere"} <= periodic.keys()
    assert {name for name, retry in periodic.items() if retry is not PERIODIC_RETRY} == {"tenants.prove_isolation"}


def test_after_the_last_retry_it_is_given_up() -> None:
    twice = Backoff(first=10, longest=15, retries=2)
    job = Job(queue="q", lock=None, queueing_lock=None, task_name="t")
    decided = [
        twice.get_retry_decision(exception=ValueError(), job=job.evolve(attempts=attempts)) for attempts in range(3)
    ]
    assert ([each is None for each in decided], twice.waits()) == ([False, False, True], [10, 15])
