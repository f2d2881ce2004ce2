"""An agent's deletions in a day (429 agent_limit), counted by the database: whatever way a thing goes."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import OperationalError, transaction
from django.utils import timezone

from accounts.models import User
from tenants.scope import use_tenant
from tests.acts import at_once, rows
from tests.cast import Api, Cast
from tests.integration.accounts.api_keys.callers import outcome
from tests.integration.agents.limits.leashes import leashed, people
from workix.core.current import Actor, Current

pytestmark = pytest.mark.requirement("N6")

COUNTED = "SELECT count FROM agent_deletions"


def there(cast: Cast) -> int:
    ((count,),) = rows("SELECT count(*) FROM users WHERE email LIKE 'p_@%%' AND deleted_at IS NULL", cast)
    return int(count)


def test_it_deletes_as_much_as_it_may_in_a_day(acme: Cast) -> None:
    robin = leashed(acme, deletions_per_day=2)
    answers = [robin.delete(path) for path in people(acme, 3)]
    assert [each.status for each in answers] == [204, 204, 429]
    assert (outcome(answers[2]), there(acme)) == ((429, "agent_limit"), 1)
    assert 1 <= int(answers[2].headers["Retry-After"]) <= 86_401
    assert answers[2].headers["RateLimit-Policy"].startswith('"agent-deletions";q=2;w=86400')


def test_of_many_at_once_no_more_are_deleted(acme: Cast) -> None:
    robin, paths = leashed(acme, deletions_per_day=2), people(acme, 4)
    statuses = at_once(lambda number: robin.delete(paths[number]).status, 4)
    assert (statuses.count(204), there(acme)) == (2, 2)


def test_a_dry_run_tells_and_uses_nothing_up(acme: Cast) -> None:
    robin, (path, other) = leashed(acme, deletions_per_day=1), people(acme, 2)
    assert [robin.delete(path, Workix_Dry_Run="true").status for _ in range(2)] == [200, 200]
    assert robin.delete(path).status == 204
    assert robin.delete(other, Workix_Dry_Run="true").status == 429


def test_in_bulk_each_row_counts_and_too_many_take_nothing(acme: Cast) -> None:
    robin = leashed(acme, deletions_per_day=2)
    people(acme, 3)
    with use_tenant(acme.organization):
        Current.update(actor=Actor("agent", UUID(robin.id), "Robin"))
        with pytest.raises(OperationalError, match="as much"), transaction.atomic():
            User.objects.filter(email__regex="^p[0-9]@").update(deleted_at=timezone.now())
    assert (rows(COUNTED, acme), there(acme)) == ([], 3)


def test_people_and_agents_without_a_limit_are_not_counted(acme: Cast, alice: Api) -> None:
    first, second = people(acme, 2)
    assert (alice.delete(first).status, leashed(acme).delete(second).status) == (204, 204)
    assert rows(COUNTED, acme) == []


def test_another_day_begins_anew_and_so_does_one_from_a_clock_that_was_ahead(acme: Cast) -> None:
    robin, paths = leashed(acme, deletions_per_day=1), people(acme, 3)
    assert robin.delete(paths[0]).status == 204
    rows("UPDATE agent_deletions SET day = day - 1", acme)
    assert robin.delete(paths[1]).status == 204
    rows("UPDATE agent_deletions SET day = day + 400", acme)
    assert robin.delete(paths[2]).status == 204
