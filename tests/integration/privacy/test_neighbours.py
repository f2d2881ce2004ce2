"""Erasing a person of one organization leaves its neighbours as they were, where somebody has the same address, too."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from privacy.tasks import build_export, erase_due
from tenants.jobs.periodic_tenant_task import enqueue_everywhere
from tenants.scope import use_tenant
from tests.acts import join, rows
from tests.cast import Cast
from tests.database import roles_locked
from tests.integration.privacy.erased import found_anywhere, give_erasure
from tests.integration.tenants.neighbours.neighbours import neighbours_untouched, tempt

pytestmark = [pytest.mark.fault("H1"), pytest.mark.isolation]


@pytest.mark.parametrize("how", ["--at-once", ""])
def test_neighbours_are_as_they_were(acme: Cast, globex: Cast, how: str) -> None:
    with roles_locked(alone=True):
        join(globex, "bob@acme.example")
        tempt(globex)
        with neighbours_untouched(acme.organization):
            asked = ("erase_person", "acme", "bob@acme.example", "--reason", "asked", *([how] if how else []))
            call_command(*asked, stdout=io.StringIO())
            if not how:
                _let_the_clock_come(acme)
    found = [found_anywhere(cast, "bob@acme.example") != set() for cast in (acme, globex)]
    assert found == [False, True]


def test_what_is_due_is_asked_for_by_the_clock(acme: Cast) -> None:
    give_erasure(acme)
    enqueue_everywhere(erase_due)
    waiting = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = %(name)s"
    assert (rows(waiting, name=erase_due.name), build_export.name) == ([(2,)], "privacy.build_export")


def _let_the_clock_come(acme: Cast) -> None:
    rows("UPDATE erasures SET due_at = %(past)s", acme, past=timezone.now() - timedelta(hours=1))
    with use_tenant(acme.organization):
        erase_due.work()
