"""The job that writes down each night which invitations are over."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone

from accounts.invitations.ending import expire
from accounts.invitations.tasks import expire_invitations
from tenants.jobs.periodic_tenant_task import enqueue_everywhere
from tenants.scope import use_tenant
from tests.acts import rows
from tests.cast import Api, Cast
from tests.database import roles_locked
from tests.integration.accounts.invitations.invited import CAROL, acts, invite, make_over, seats, states
from tests.integration.tenants.neighbours.neighbours import neighbours_untouched, tempt


def test_the_clock_ends_what_is_over_in_every_organization_and_nothing_else(
    acme: Cast, globex: Cast, alice: Api, gina: Api, run_jobs: Callable[[], None]
) -> None:
    for api in (alice, gina):
        invite(api)
        invite(api, "dave@nowhere.example")
    for cast in (acme, globex):
        make_over(cast)
    rows("DELETE FROM procrastinate_jobs")
    enqueue_everywhere(expire_invitations)
    run_jobs()
    for cast, people in ((acme, 3), (globex, 2)):
        assert states(cast) == [(CAROL, "expired"), ("dave@nowhere.example", "pending")]
        assert seats(cast) == (people, 1, people + 1)
        assert acts(cast) == [("invitation.expired", "Workix", CAROL)]


@pytest.mark.fault("H1")
@pytest.mark.isolation
def test_it_touches_no_neighbour(acme: Cast, globex: Cast, alice: Api) -> None:
    invite(alice)
    make_over(acme)
    with roles_locked(alone=True):
        tempt(globex)
        with neighbours_untouched(acme.organization), use_tenant(acme.organization):
            expire(now=timezone.now())
    assert states(acme) == [(CAROL, "expired")]
